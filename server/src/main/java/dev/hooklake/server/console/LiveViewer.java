package dev.hooklake.server.console;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// One browser that watches the live feed.
final class LiveViewer implements AutoCloseable {
  private static final int MOST_WAITING = 256;

  private final LiveFilter filter;
  private final Consumer<LiveViewer> whenClosed;
  private final BlockingQueue<LiveEvent> lines = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong missed = new AtomicLong();
  private volatile boolean open = true;

  LiveViewer(LiveFilter filter, Consumer<LiveViewer> whenClosed) {
    this.filter = filter;
    this.whenClosed = whenClosed;
  }

  void offer(LiveEvent event) {
    if (filter.takes(event) && !lines.offer(event)) {
      missed.incrementAndGet();
    }
  }

  /// Drops lines that were not taken yet.
  void forget(Predicate<LiveEvent> which) {
    lines.removeIf(which);
  }

  /// What has come, waiting for the first of it for a while; empty when nothing did.
  List<LiveEvent> take(long waitMillis) throws InterruptedException {
    LiveEvent first = lines.poll(waitMillis, TimeUnit.MILLISECONDS);
    if (first == null) {
      return List.of();
    }
    var taken = new ArrayList<LiveEvent>(List.of(first));
    lines.drainTo(taken);
    return taken;
  }

  /// Lines it was too slow for.
  long missed() {
    return missed.get();
  }

  boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
    whenClosed.accept(this);
  }
}
