package dev.hooklake.server.alerts;

import dev.hooklake.server.operations.DatabaseAway;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Evaluates the rules again and again until it is closed. An evaluation that fails is counted and
/// told; the next one comes all the same.
public final class AlertThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlertThread.class);
  private static final Duration CLOSING_TIME = Duration.ofSeconds(15);

  /// One evaluation.
  public interface Work {
    void run(Instant now) throws InterruptedException;
  }

  private final Work work;
  private final Duration every;
  private final InstantSource clock;
  private final Counter failed;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  private AlertThread(Work work, Duration every, MeterRegistry registry, InstantSource clock) {
    this.work = work;
    this.every = every;
    this.clock = clock;
    this.failed =
        Counter.builder("hooklake.alerts.evaluations.failed")
            .description("Evaluations of the alert rules that failed")
            .register(registry);
    this.thread = Thread.ofPlatform().name("alerts").unstarted(this::run);
  }

  public static AlertThread start(
      Work work, Duration every, MeterRegistry registry, InstantSource clock) {
    var started = new AlertThread(work, every, registry, clock);
    started.thread.start();
    return started;
  }

  private void run() {
    try {
      while (!closing.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
        evaluate();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void evaluate() throws InterruptedException {
    try {
      work.run(clock.instant());
    } catch (DatabaseAway e) {
      failed.increment();
      LOG.warn("Alerts were not evaluated: {}", e.getMessage());
    } catch (RuntimeException e) {
      // Messages of a database may quote values.
      failed.increment();
      LOG.error("Alerts were not evaluated: {}", e.getClass().getSimpleName());
    }
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      if (!thread.join(CLOSING_TIME)) {
        thread.interrupt();
        thread.join(CLOSING_TIME);
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
