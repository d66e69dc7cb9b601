package dev.hooklake.server.enrichment.call;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets everything that waits go as soon as the server stops.
public final class Ending {
  private final CountDownLatch begun = new CountDownLatch(1);

  public void begin() {
    begun.countDown();
  }

  public boolean hasBegun() {
    return begun.getCount() == 0;
  }

  /// Waits, and says whether the end came meanwhile.
  boolean waitOut(Duration time) throws InterruptedException {
    return begun.await(Math.max(0, time.toNanos()), TimeUnit.NANOSECONDS);
  }
}
