package dev.hooklake.lake;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
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
  private static final int QUEUE = 256;
  private static final int CLOSE_SECONDS = 60;

  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(QUEUE),
          NoHadoopDefaults.threads(
              Thread.ofPlatform().name("lake-after-commit").daemon().factory()),
          new ThreadPoolExecutor.CallerRunsPolicy());

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
        LOG.warn("left {} tasks after commits undone: storage is slow", thread.getQueue().size());
        thread.shutdownNow();
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
