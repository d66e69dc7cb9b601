package dev.hooklake.server.pipeline;

import dev.hooklake.journal.Journal;
import dev.hooklake.sources.Source;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that carries the journal into the lake, from its start until it is closed.
///
/// Closing commits what is there within a bounded time; what does not fit into it stays in the
/// journal for the next start.
public final class LakePipeline implements AutoCloseable {
  /// The name under which the journal keeps the lake's place.
  public static final String CONSUMER = "lake";

  private static final Logger LOG = LoggerFactory.getLogger(LakePipeline.class);
  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(2);

  /// What the pipeline works with. `sources` are by name.
  public record Parts(
      Journal journal,
      BatchTarget lake,
      Map<String, Source> sources,
      MeterRegistry registry,
      InstantSource clock,
      RandomGenerator chance) {
    public Parts {
      sources = Map.copyOf(sources);
    }
  }

  private final Parts parts;
  private final LakeConsumer consumer;
  private final Duration closingTime;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  private LakePipeline(Parts parts, PipelineSettings settings) {
    this.parts = parts;
    this.consumer = new LakeConsumer(parts, settings.cadence(), settings.backOff());
    this.closingTime = settings.closingTime();
    this.thread = Thread.ofPlatform().name("lake-consumer").unstarted(this::run);
  }

  public static LakePipeline start(Parts parts, PipelineSettings settings) {
    var pipeline = new LakePipeline(parts, settings);
    pipeline.register();
    pipeline.thread.start();
    return pipeline;
  }

  public LakeProgress progress() {
    return consumer.progress();
  }

  /// Records in the journal that are not in the lake.
  public long lagRecords() {
    long landedThrough = Math.max(0, progress().landedThrough());
    return Math.max(0, parts.journal().status().lastSequence() - landedThrough);
  }

  /// How long the oldest record that was read waits for its commit; zero when none does.
  public Duration lag() {
    Instant oldest = progress().oldestPendingAt();
    return oldest == null ? Duration.ZERO : Duration.between(oldest, parts.clock().instant());
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      if (!thread.join(closingTime.plus(AFTER_INTERRUPT))) {
        LOG.warn("The lake does not answer; what it lacks stays in the journal for the next start");
        thread.interrupt();
        thread.join(AFTER_INTERRUPT);
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
        wait = consumer.step();
      }
      consumer.finish(parts.clock().instant().plus(closingTime));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Error e) {
      consumer.died(e);
      throw e;
    }
  }

  private void register() {
    Gauge.builder("hooklake.lake.lag.records", this, LakePipeline::lagRecords)
        .description("Records in the journal that are not in the lake")
        .register(parts.registry());
    Gauge.builder("hooklake.lake.lag.seconds", this, pipeline -> pipeline.lag().toMillis() / 1000.0)
        .description("How long the oldest record that was read waits for its commit")
        .register(parts.registry());
    Gauge.builder(
            "hooklake.lake.failed.attempts", this, pipeline -> pipeline.progress().failedAttempts())
        .description("Failed attempts in a row; 0 while all is well")
        .register(parts.registry());
    for (LakeProgress.State state : LakeProgress.State.values()) {
      Gauge.builder(
              "hooklake.lake.state", this, pipeline -> pipeline.progress().state() == state ? 1 : 0)
          .description("1 for the state the lake consumer is in")
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .register(parts.registry());
    }
  }
}
