package dev.hooklake.journal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The newest synced sequence, and the readers waiting for it to rise.
final class SyncedPosition {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition risen = lock.newCondition();
  private volatile long sequence;
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile boolean closed;

  SyncedPosition(long sequence) {
    this.sequence = sequence;
  }

  long sequence() {
    return sequence;
  }

  void rise(long through) {
    sequence = through;
    if (waiting.get() > 0) {
      wakeAll();
    }
  }

  /// Nothing more will come: those who wait go on at once.
  void close() {
    closed = true;
    wakeAll();
  }

  private void wakeAll() {
    lock.lock();
    try {
      risen.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until there is something after `after`; false when nothing came in time.
  boolean awaitAfter(long after, Duration wait) throws InterruptedException {
    if (sequence > after) {
      return true;
    }
    long nanosLeft = wait.toNanos();
    lock.lockInterruptibly();
    try {
      // Counted under the lock and before the second look, so that a rise is never missed.
      waiting.incrementAndGet();
      while (sequence <= after && nanosLeft > 0 && !closed) {
        nanosLeft = risen.awaitNanos(nanosLeft);
      }
      return sequence > after;
    } finally {
      waiting.decrementAndGet();
      lock.unlock();
    }
  }
}
