package dev.hooklake.providers;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// How a client tells time and waits; a test brings one that does not really wait.
public interface Pauses {
  /// Elapsed nanoseconds, from any point on; never set back.
  long nanos();

  void pause(Duration wait) throws InterruptedException;

  static Pauses real() {
    return new Pauses() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public void pause(Duration wait) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(wait.toNanos());
      }
    };
  }
}
