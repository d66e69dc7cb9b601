package dev.hooklake.providers.customerio;

/// The step of a series, and how many of them version 1 of the metrics reaches back.
public enum Resolution {
  HOURS(24),
  DAYS(45),
  WEEKS(12),
  MONTHS(121);

  private final int mostSteps;

  Resolution(int mostSteps) {
    this.mostSteps = mostSteps;
  }

  /// The longest reach of newsletters, broadcasts and transactional messages.
  public int mostSteps() {
    return mostSteps;
  }
}
