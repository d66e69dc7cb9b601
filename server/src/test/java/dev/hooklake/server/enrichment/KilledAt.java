package dev.hooklake.server.enrichment;

import java.io.Serial;
import java.time.Duration;

/// Ends an enrichment at one of its moments as a crash would: nothing after it happens, not even
/// what is done when something fails.
final class KilledAt implements Moments {
  private final int moment;
  private int passed;

  /// The moment, counted from 0, at which it dies; a negative one never comes.
  KilledAt(int moment) {
    this.moment = moment;
  }

  /// An error, so that no handler of exceptions comes between.
  static final class Killed extends Error {
    @Serial private static final long serialVersionUID = 1L;
  }

  int passed() {
    return passed;
  }

  private void pass() {
    if (passed++ == moment) {
      throw new Killed();
    }
  }

  @Override
  public void begins(StepName step) {
    pass();
  }

  @Override
  public void recording(StepName step) {
    pass();
  }

  @Override
  public void ended(StepName step, StepRecord.State state, Duration took) {
    pass();
  }

  @Override
  public void eventEnded(EventStatus status) {
    pass();
  }
}
