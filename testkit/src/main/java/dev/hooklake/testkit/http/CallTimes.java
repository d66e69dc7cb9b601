package dev.hooklake.testkit.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// When each request came, to tell afterwards how many any stretch of time saw. Remembers them all:
/// for runs that end.
public final class CallTimes {
  private final List<Long> nanos = new ArrayList<>();
  private final Map<Integer, Runnable> due = new HashMap<>();

  /// Notes a call, and does what is due at it before the caller hears anything.
  public void called(long atNanos) {
    Runnable what = noted(atNanos);
    if (what != null) {
      what.run();
    }
  }

  private synchronized @Nullable Runnable noted(long atNanos) {
    nanos.add(atNanos);
    return due.remove(nanos.size());
  }

  /// Does something when the so many-th call has come, counted from 1 over the fake's life.
  public synchronized void at(int call, Runnable what) {
    due.put(call, what);
  }

  public synchronized int total() {
    return nanos.size();
  }

  /// How many came in the time that ends now.
  public synchronized int inLast(Duration window, long nowNanos) {
    int count = 0;
    for (int i = nanos.size() - 1; i >= 0 && nowNanos - nanos.get(i) < window.toNanos(); i--) {
      count++;
    }
    return count;
  }

  /// The most that any stretch of this length saw.
  public synchronized int mostIn(Duration window) {
    List<Long> sorted = nanos.stream().sorted().toList();
    int most = 0;
    int first = 0;
    for (int last = 0; last < sorted.size(); last++) {
      while (sorted.get(last) - sorted.get(first) >= window.toNanos()) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }
}
