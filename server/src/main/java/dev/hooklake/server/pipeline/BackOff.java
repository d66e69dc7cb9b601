package dev.hooklake.server.pipeline;

import java.time.Duration;

/// How long to wait after a failure: doubling from `first` to `max`, spread so that several servers
/// do not come back at the same moment.
public record BackOff(Duration first, Duration max) {
  private static final int MOST_DOUBLINGS = 20;

  public BackOff {
    if (first.isNegative() || first.isZero() || max.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "back-off from "
              + first
              + " to "
              + max
              + "; give a positive first wait and a longer max");
    }
  }

  /// The wait after a failed attempt.
  ///
  /// @param attempt the one that failed, from 1
  /// @param chance in [0, 1): 0 gives half of the wait, 1 would give all of it
  public Duration after(int attempt, double chance) {
    long doubled = first.toMillis() << Math.min(attempt - 1, MOST_DOUBLINGS);
    long wait = Math.min(max.toMillis(), doubled);
    return Duration.ofMillis(Math.round(wait * (0.5 + chance / 2)));
  }
}
