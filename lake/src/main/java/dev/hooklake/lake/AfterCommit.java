package dev.hooklake.lake;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does what may be done after a commit: checkpoints, checksums, deleting what a crash left.
///
/// One thread, in the order it was asked. When the queue is full the asking thread does the work
/// itself, so commits slow down rather than run away from their checkpoints. Failing costs readers
/// time and nothing else: it is logged.
final class AfterCommit implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AfterCommit.class);
  private static final int CLOSE_SECONDS = 60;

  private final ExecutorService thread;

  AfterCommit(ExecutorService thread) {
    this.thread = thread;
  }

  void run(String what, Work work) {
    thread.execute(() -> {
      try {
        work.run();
      } catch (IOException | RuntimeException e) {
        LOG.warn("{} failed: {}", what, StorageFailure.describe(e));
      }
    });
  }

  /// Finishes what was asked for.
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        int left = thread.shutdownNow().size();
        LOG.warn("left {} tasks after commits undone: storage is slow", left);
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  interface Work {
    void run() throws IOException;
  }
}
