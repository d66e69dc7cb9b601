package dev.hooklake.server.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Tells that something longer than two seconds is still going on, and how far it is.
///
/// On a terminal one line is rewritten every half second; elsewhere a line is added every ten.
final class Progress implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final String REWRITE = "\r\033[K";

  private final CommandContext context;
  private final PrintWriter err;
  private final Supplier<String> line;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread teller;

  Progress(CommandContext context, PrintWriter err, Supplier<String> line) {
    this.context = context;
    this.err = err;
    this.line = line;
    this.teller = Thread.ofVirtual().name("progress").start(this::tell);
  }

  /// For work that cannot say how far it is: shows how long it has taken.
  static Progress elapsed(CommandContext context, PrintWriter err, String what) {
    Instant begun = context.clock().instant();
    return new Progress(
        context,
        err,
        () -> what + ", " + Durations.text(Duration.between(begun, context.clock().instant())));
  }

  private void tell() {
    Duration pause = PATIENCE;
    boolean told = false;
    try {
      while (!over.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        err.print(context.terminal() ? REWRITE + line.get() : line.get() + System.lineSeparator());
        err.flush();
        told = true;
        pause = context.terminal() ? Duration.ofMillis(500) : Duration.ofSeconds(10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (told && context.terminal()) {
      err.print(REWRITE);
      err.flush();
    }
  }

  @Override
  public void close() {
    over.countDown();
    try {
      teller.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
