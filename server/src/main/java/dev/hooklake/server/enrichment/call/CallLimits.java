package dev.hooklake.server.enrichment.call;

import java.time.Duration;

/// How hard a service may be called.
///
/// @param calls in any `per`, by all servers together
/// @param concurrent calls under way at once, of this server
/// @param timeout from the call to the last byte of its answer
/// @param breaker when to leave a failing service alone
public record CallLimits(
    int calls, Duration per, int concurrent, Duration timeout, BreakerLimits breaker) {

  /// After `failures` of the last `of` calls the service is left alone for `pause`.
  public record BreakerLimits(int failures, int of, Duration pause) {
    public static final BreakerLimits DEFAULT = new BreakerLimits(5, 10, Duration.ofSeconds(30));

    public BreakerLimits {
      if (failures < 1 || of < failures) {
        throw new IllegalArgumentException(
            "a breaker that opens after " + failures + " failures of " + of + " calls never does");
      }
    }
  }

  public CallLimits {
    if (calls < 1 || concurrent < 1) {
      throw new IllegalArgumentException("a service that may not be called; give at least 1");
    }
    if (!per.isPositive() || !timeout.isPositive()) {
      throw new IllegalArgumentException("a call limit needs a positive time");
    }
  }

  public static CallLimits perMinute(int calls) {
    return new CallLimits(
        calls, Duration.ofMinutes(1), 4, Duration.ofSeconds(30), BreakerLimits.DEFAULT);
  }
}
