package dev.hooklake.server.operations;

import dev.hooklake.journal.Journal;
import dev.hooklake.server.operations.ConsumerProgress.State;
import dev.hooklake.server.pipeline.BackOff;
import dev.hooklake.server.pipeline.FaultTrace;
import dev.hooklake.server.pipeline.UnreadableRecord;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread of one [DatabaseConsumer], from its start until it is closed.
///
/// What fails is tried again after a back-off, for as long as it takes: meanwhile the journal keeps
/// the events. Closing waits for the batch under way; the rest stays in the journal.
public final class ConsumerThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConsumerThread.class);

  /// The longest wait inside one step, so that the end of the server is noticed.
  private static final Duration LONGEST_READ = Duration.ofMillis(250);

  /// After a batch that was not full: a commit and its sync for every few records would take time
  /// from intake, and nobody sees a fifth of a second.
  private static final Duration BETWEEN_BATCHES = Duration.ofMillis(200);

  private static final Duration CLOSING_TIME = Duration.ofSeconds(15);
  private static final BackOff BACK_OFF =
      new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  private final DatabaseConsumer.Parts parts;
  private final RandomGenerator chance;
  private final DatabaseConsumer consumer;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile ConsumerProgress progress =
      new ConsumerProgress(State.RUNNING, 0, null, 0, null, null);

  private ConsumerThread(DatabaseConsumer.Parts parts, RandomGenerator chance) {
    this.parts = parts;
    this.chance = chance;
    this.consumer = new DatabaseConsumer(parts);
    this.thread = Thread.ofPlatform().name(parts.name() + "-consumer").unstarted(this::run);
  }

  public static ConsumerThread start(
      DatabaseConsumer.Parts parts, MeterRegistry registry, RandomGenerator chance) {
    var started = new ConsumerThread(parts, chance);
    started.register(registry);
    started.thread.start();
    return started;
  }

  public String name() {
    return parts.name();
  }

  public ConsumerProgress progress() {
    return progress;
  }

  /// Records in the journal that are not stored.
  public long lagRecords() {
    Journal journal = parts.journal();
    return Math.max(0, journal.status().lastSequence() - consumer.position());
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      if (!thread.join(CLOSING_TIME)) {
        LOG.warn(
            "The operations database does not answer; consumer {} goes on at the next start",
            name());
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
    } catch (Error e) {
      publish(State.STOPPED, 1, "it died of " + e.getClass().getSimpleName(), null);
      throw e;
    }
    publish(State.CLOSED, progress.failedAttempts(), progress.lastError(), null);
  }

  /// How long to wait before the next.
  private Duration step() throws InterruptedException {
    try {
      int records = consumer.step(LONGEST_READ);
      if (progress.failedAttempts() > 0) {
        LOG.info("Consumer {} goes on, after {} failures", name(), progress.failedAttempts());
      }
      publish(State.RUNNING, 0, null, null);
      return records == 0 || DatabaseConsumer.full(records) ? Duration.ZERO : BETWEEN_BATCHES;
    } catch (UnreadableRecord e) {
      LOG.error("Consumer {} stopped, a journal record cannot be read: {}", name(), e.getMessage());
      publish(State.STOPPED, 1, "a journal record cannot be read: " + e.getMessage(), null);
      return Duration.ZERO;
    } catch (IOException e) {
      return failed("the journal cannot be read: " + e.getMessage());
    } catch (DatabaseAway | TargetAway e) {
      return failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // Messages of a database may quote values of the event.
      LOG.warn("Consumer {} failed: {}", name(), FaultTrace.of(e));
      return failed("a batch could not be stored: " + e.getClass().getSimpleName());
    }
  }

  private Duration failed(String reason) {
    int attempt = progress.failedAttempts() + 1;
    Duration wait = BACK_OFF.after(attempt, chance.nextDouble());
    LOG.warn(
        "Consumer {}, attempt {} failed: {}; next attempt in {}", name(), attempt, reason, wait);
    publish(State.BACKING_OFF, attempt, reason, parts.clock().instant().plus(wait));
    return wait;
  }

  private void publish(
      State state, int attempts, @Nullable String error, @Nullable Instant nextAttempt) {
    progress =
        new ConsumerProgress(
            state, consumer.position(), consumer.gap(), attempts, error, nextAttempt);
  }

  private void register(MeterRegistry registry) {
    Gauge.builder("hooklake.consumer.lag.records", this, ConsumerThread::lagRecords)
        .description("Records in the journal that the consumer has not stored")
        .tag("consumer", name())
        .register(registry);
    Gauge.builder("hooklake.consumer.failed.attempts", this, one -> one.progress().failedAttempts())
        .description("Failed attempts in a row; 0 while all is well")
        .tag("consumer", name())
        .register(registry);
    for (State state : State.values()) {
      Gauge.builder("hooklake.consumer.state", this, one -> one.progress().state() == state ? 1 : 0)
          .description("1 for the state the consumer is in")
          .tag("consumer", name())
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }
}
