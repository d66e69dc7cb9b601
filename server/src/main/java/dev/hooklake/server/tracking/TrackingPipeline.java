package dev.hooklake.server.tracking;

import dev.hooklake.journal.Journal;
import dev.hooklake.server.pipeline.BackOff;
import dev.hooklake.server.pipeline.FaultTrace;
import dev.hooklake.server.pipeline.UnreadableRecord;
import dev.hooklake.server.tracking.TrackingProgress.State;
import io.micrometer.core.instrument.Gauge;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that keeps messages up to date, from its start until it is closed.
///
/// What fails is tried again after a back-off, for as long as it takes: meanwhile the journal keeps
/// the events. Closing waits for the batch under way; the rest stays in the journal.
public final class TrackingPipeline implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrackingPipeline.class);

  /// The longest wait inside one step, so that the end of the server is noticed.
  private static final Duration LONGEST_READ = Duration.ofMillis(250);

  private static final Duration CLOSING_TIME = Duration.ofSeconds(15);
  private static final BackOff BACK_OFF =
      new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  private final TrackingConsumer.Parts parts;
  private final RandomGenerator chance;
  private final TrackingConsumer consumer;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile TrackingProgress progress =
      new TrackingProgress(State.RUNNING, 0, 0, null, null);

  private TrackingPipeline(TrackingConsumer.Parts parts, RandomGenerator chance) {
    this.parts = parts;
    this.chance = chance;
    this.consumer = new TrackingConsumer(parts);
    this.thread = Thread.ofPlatform().name("tracking-consumer").unstarted(this::run);
  }

  public static TrackingPipeline start(TrackingConsumer.Parts parts, RandomGenerator chance) {
    var pipeline = new TrackingPipeline(parts, chance);
    Gauge.builder("hooklake.tracking.lag.records", pipeline, TrackingPipeline::lagRecords)
        .description("Records in the journal that tracking has not applied")
        .register(parts.registry());
    pipeline.thread.start();
    return pipeline;
  }

  public TrackingProgress progress() {
    return progress;
  }

  /// Records in the journal that tracking has not applied.
  public long lagRecords() {
    Journal journal = parts.journal();
    return Math.max(0, journal.status().lastSequence() - consumer.position());
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      if (!thread.join(CLOSING_TIME)) {
        LOG.warn("The operations database does not answer; tracking goes on at the next start");
        thread.interrupt();
        thread.join(CLOSING_TIME);
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      Duration wait = Duration.ZERO;
      while (!closing.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        if (progress.state() == State.STOPPED) {
          closing.await();
        } else {
          wait = step();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    publish(State.CLOSED, progress.failedAttempts(), progress.lastError(), null);
  }

  /// How long to wait before the next.
  private Duration step() throws InterruptedException {
    try {
      consumer.step(LONGEST_READ);
      if (progress.failedAttempts() > 0) {
        LOG.info("Tracking goes on, after {} failures", progress.failedAttempts());
      }
      publish(State.RUNNING, 0, null, null);
      return Duration.ZERO;
    } catch (UnreadableRecord e) {
      LOG.error("Tracking stopped, a journal record cannot be read: {}", e.getMessage());
      publish(State.STOPPED, 1, "a journal record cannot be read: " + e.getMessage(), null);
      return Duration.ZERO;
    } catch (IOException e) {
      return failed("the journal cannot be read: " + e.getMessage());
    } catch (RuntimeException e) {
      // Messages of a database may quote values of the event.
      LOG.warn("Tracking failed: {}", FaultTrace.of(e));
      return failed("the operations database refused a batch: " + e.getClass().getSimpleName());
    }
  }

  private Duration failed(String reason) {
    int attempt = progress.failedAttempts() + 1;
    Duration wait = BACK_OFF.after(attempt, chance.nextDouble());
    LOG.warn("Tracking attempt {} failed: {}; next attempt in {}", attempt, reason, wait);
    publish(State.BACKING_OFF, attempt, reason, parts.clock().instant().plus(wait));
    return wait;
  }

  private void publish(
      State state, int attempts, @Nullable String error, @Nullable Instant nextAttempt) {
    progress = new TrackingProgress(state, consumer.position(), attempts, error, nextAttempt);
  }
}
