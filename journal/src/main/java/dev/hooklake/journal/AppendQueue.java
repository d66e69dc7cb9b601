package dev.hooklake.journal;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Appends waiting for the writer, taken all at once.
///
/// A linked stack with one compare-and-set for each append: callers never wait for each other. At
/// most `MOST_WAITING` appends are inside; further callers wait at the door until one has left.
final class AppendQueue {

  private static final int MOST_WAITING = 8192;
  private static final PendingAppend CLOSED = new PendingAppend(List.of());

  private final AtomicReference<@Nullable PendingAppend> newest = new AtomicReference<>();
  private final Semaphore places = new Semaphore(MOST_WAITING);

  void enter() throws InterruptedException {
    places.acquire();
  }

  void leave() {
    places.release();
  }

  /// Puts the append behind those waiting and calls for the writer when there were none; false when
  /// the queue is closed.
  boolean offer(PendingAppend append, Runnable callWriter) {
    PendingAppend before;
    do {
      before = newest.get();
      if (before == CLOSED) {
        return false;
      }
      append.link = before;
    } while (!newest.compareAndSet(before, append));
    if (before == null) {
      callWriter.run();
    }
    return true;
  }

  boolean isEmpty() {
    return newest.get() == null;
  }

  /// Everything waiting, linked from the oldest to the newest.
  @Nullable PendingAppend drain() {
    return oldestFirst(newest.getAndSet(null));
  }

  /// Refuses every later append; returns those that still came in.
  @Nullable PendingAppend close() {
    PendingAppend last = newest.getAndSet(CLOSED);
    return last == CLOSED ? null : oldestFirst(last);
  }

  private static @Nullable PendingAppend oldestFirst(@Nullable PendingAppend stack) {
    PendingAppend first = null;
    PendingAppend rest = stack;
    while (rest != null) {
      PendingAppend next = rest.link;
      rest.link = first;
      first = rest;
      rest = next;
    }
    return first;
  }
}
