package dev.hooklake.testkit.http;

import java.util.ArrayDeque;
import java.util.Deque;

/// Counts requests in a sliding second. Bounded: it remembers the last second only, and no more
/// than it can be asked to count.
public final class RequestRate {
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final int MOST_REMEMBERED = 100_000;

  private final Deque<Long> lastSecond = new ArrayDeque<>();
  private long total;
  private int most;

  /// Notes a request; how many there were in the second that ends with it.
  synchronized int arrived(long nanos) {
    while (!lastSecond.isEmpty() && nanos - lastSecond.getFirst() >= SECOND_NANOS) {
      lastSecond.removeFirst();
    }
    if (lastSecond.size() < MOST_REMEMBERED) {
      lastSecond.addLast(nanos);
    }
    total++;
    most = Math.max(most, lastSecond.size());
    return lastSecond.size();
  }

  public synchronized long total() {
    return total;
  }

  /// The most that any second saw.
  public synchronized int mostInASecond() {
    return most;
  }
}
