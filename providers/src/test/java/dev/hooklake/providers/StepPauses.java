package dev.hooklake.providers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Time that passes only by waiting.
final class StepPauses implements Pauses {
  final List<Duration> waits = new ArrayList<>();
  private long nanos;

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public synchronized void pause(Duration wait) {
    waits.add(wait);
    nanos += wait.toNanos();
  }
}
