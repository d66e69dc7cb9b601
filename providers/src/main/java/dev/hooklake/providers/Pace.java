package dev.hooklake.providers;

import java.time.Duration;

/// Lets calls begin at a steady rate, for all who share it: one pace stands for one bucket of the
/// provider.
///
/// Calls are spread evenly instead of let through in bursts, so that no window of a second,
/// wherever the provider cuts it, sees more than the rate.
public final class Pace {
  private final long intervalNanos;
  private final Pauses pauses;
  private long nextNanos;

  private Pace(long intervalNanos, Pauses pauses) {
    this.intervalNanos = intervalNanos;
    this.pauses = pauses;
    this.nextNanos = pauses.nanos();
  }

  public static Pace perSecond(double calls, Pauses pauses) {
    if (!(calls > 0 && calls <= 1_000)) {
      throw new IllegalArgumentException(
          "a pace is above 0 and at most 1000 calls a second, not " + calls);
    }
    return new Pace((long) (1e9 / calls), pauses);
  }

  /// Blocks until the next call may begin.
  void awaitTurn() throws InterruptedException {
    long wait = takeTurn();
    if (wait > 0) {
      pauses.pause(Duration.ofNanos(wait));
    }
  }

  /// Nobody's call begins before `wait` is over: the provider said that the bucket is empty.
  synchronized void holdBack(Duration wait) {
    nextNanos = later(nextNanos, pauses.nanos() + wait.toNanos());
  }

  Pauses pauses() {
    return pauses;
  }

  private synchronized long takeTurn() {
    long now = pauses.nanos();
    long turn = later(nextNanos, now);
    nextNanos = turn + intervalNanos;
    return turn - now;
  }

  private static long later(long a, long b) {
    return a - b > 0 ? a : b;
  }
}
