package dev.hooklake.server.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Cuts off clients that dribble: a request must be read whole within its deadline.
///
/// The clock starts at the first byte of a request, once more when its first line is whole, and
/// stops at `readWhole`. One thread looks around once a second and interrupts the readers that are
/// late, which closes their connections. A connection's thread ends with it, so a late interrupt
/// can hit nobody else.
final class RequestDeadlines implements AutoCloseable {
  private static final long SWEEP_MILLIS = 1000;

  private final InstantSource clock;
  private final Duration deadline;
  private final Map<Thread, Instant> readers = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  RequestDeadlines(InstantSource clock, Duration deadline) {
    this.clock = clock;
    this.deadline = deadline;
  }

  void start() {
    Thread.ofPlatform().name("intake-deadlines").daemon().start(this::sweepUntilClosed);
  }

  /// The thread of a connection has bytes to read: mostly the beginning of a request.
  void bytesArrived() {
    if (!readers.containsKey(Thread.currentThread())) {
      readers.put(Thread.currentThread(), clock.instant());
    }
  }

  /// The first line is whole. Anew, because what arrived before may have been the rest of a body
  /// that nobody wanted.
  void requestBegins() {
    readers.put(Thread.currentThread(), clock.instant());
  }

  /// The request of this thread has been read; the answer is when it began. Empty when it came too
  /// late: the thread is being interrupted and its connection is lost.
  Optional<Instant> readWhole() {
    return Optional.ofNullable(readers.remove(Thread.currentThread()));
  }

  void sweep() {
    Instant latestStart = clock.instant().minus(deadline);
    readers.forEach((thread, start) -> {
      // Whoever removes the entry decides: the reader is on time, or it is interrupted.
      if (start.isBefore(latestStart) && readers.remove(thread, start)) {
        thread.interrupt();
      }
    });
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void sweepUntilClosed() {
    try {
      while (!closed.await(SWEEP_MILLIS, TimeUnit.MILLISECONDS)) {
        sweep();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
