package dev.hooklake.server.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Turns Ctrl-C into a call, and holds the program's end back until this is closed, so that what
/// was begun is finished and reported; but not for ever, or a stuck run could only be killed.
final class Interruption implements AutoCloseable {
  private static final long LONGEST_WAIT_SECONDS = 60;

  private final Thread hook = Thread.ofPlatform().name("interruption").unstarted(this::stopAndWait);
  private final CountDownLatch finished = new CountDownLatch(1);
  private Runnable stop = () -> {};
  private boolean interrupted;

  Interruption() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /// Calls `stop` when interrupted, at once if that was before.
  synchronized void calls(Runnable stop) {
    this.stop = stop;
    if (interrupted) {
      stop.run();
    }
  }

  private void stopAndWait() {
    interrupt();
    try {
      if (!finished.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("hooklake: not finished after " + LONGEST_WAIT_SECONDS + " s; ending");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void interrupt() {
    interrupted = true;
    stop.run();
  }

  @Override
  public void close() {
    finished.countDown();
    if (!isInterrupted()) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  private synchronized boolean isInterrupted() {
    return interrupted;
  }
}
