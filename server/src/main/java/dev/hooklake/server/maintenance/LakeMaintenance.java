package dev.hooklake.server.maintenance;

import dev.hooklake.lake.Maintenance;
import dev.hooklake.lake.MaintenanceStep;
import dev.hooklake.lake.MaintenanceStep.Checkpointed;
import dev.hooklake.lake.MaintenanceStep.Compacted;
import dev.hooklake.lake.MaintenanceStep.Configured;
import dev.hooklake.lake.MaintenanceStep.Expired;
import dev.hooklake.lake.MaintenanceStep.Failed;
import dev.hooklake.lake.MaintenanceStep.LogCleaned;
import dev.hooklake.lake.MaintenanceStep.TooLarge;
import dev.hooklake.lake.MaintenanceStep.Vacuumed;
import dev.hooklake.server.maintenance.MaintenanceProgress.State;
import dev.hooklake.server.pipeline.BackOff;
import dev.hooklake.server.pipeline.FaultTrace;
import dev.hooklake.sources.event.Table;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that keeps the lake's tables in shape: round after round, one step at a time, resting
/// while events arrive and standing back while the lake lags, for four hours at most.
///
/// A failure never reaches the way of an event. It is logged and shown, and the next round is the
/// next attempt. Closing waits for the step under way, within a bounded time.
public final class LakeMaintenance implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LakeMaintenance.class);
  private static final BackOff BACK_OFF = new BackOff(Duration.ofMinutes(1), Duration.ofHours(1));
  private static final double NO_CHANCE = 0.5;
  private static final Duration STANDING_BACK = Duration.ofSeconds(15);
  private static final Duration CLOSING_TIME = Duration.ofSeconds(10);

  /// What it works on and beside.
  public record Parts(
      Maintenance lake,
      List<Table> tables,
      Load load,
      MeterRegistry registry,
      InstantSource clock) {
    public Parts {
      tables = List.copyOf(tables);
    }
  }

  private final Parts parts;
  private final MaintenancePacing pacing;
  private final MaintenanceMeters meters;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("maintenance").unstarted(this::run);
  private volatile MaintenanceProgress progress;
  private Instant lastCleanAt = Instant.EPOCH;
  private Instant lastRoundAt;

  private LakeMaintenance(Parts parts, MaintenancePacing pacing) {
    this.parts = parts;
    this.pacing = pacing;
    lastRoundAt = parts.clock().instant();
    progress = MaintenanceProgress.idleUntil(lastRoundAt.plus(pacing.interval()));
    meters = new MaintenanceMeters(parts.registry(), this::progress);
  }

  public static LakeMaintenance start(Parts parts, MaintenancePacing pacing) {
    var maintenance = new LakeMaintenance(parts, pacing);
    maintenance.thread.setDaemon(true);
    maintenance.thread.start();
    return maintenance;
  }

  public MaintenanceProgress progress() {
    return progress;
  }

  public MaintenanceTotals totals() {
    return meters.totals();
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      if (!thread.join(CLOSING_TIME)) {
        thread.interrupt();
        LOG.info("A maintenance step is left undone; the next start does it again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      Duration wait = pacing.interval();
      while (!closing.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        wait = next();
      }
    } catch (InterruptedException e) {
      LOG.debug("Maintenance was told to stop");
    } finally {
      progress = new MaintenanceProgress(State.CLOSED, null, null, 0, null, null);
    }
  }

  private Duration next() throws InterruptedException {
    Duration sinceRound = Duration.between(lastRoundAt, parts.clock().instant());
    if (pacing.standsBack(parts.load().behind().getAsBoolean(), sinceRound)) {
      return waiting(State.YIELDING, STANDING_BACK);
    }
    String failure = round();
    int failed = failure == null ? 0 : progress.failedRounds() + 1;
    lastRoundAt = parts.clock().instant();
    progress = new MaintenanceProgress(State.IDLE, null, lastRoundAt, failed, failure, null);
    return failure == null
        ? waiting(State.IDLE, pacing.interval())
        : waiting(State.BACKING_OFF, BACK_OFF.after(failed, NO_CHANCE));
  }

  private Duration waiting(State state, Duration wait) {
    progress = progress.waiting(state, parts.clock().instant().plus(wait));
    return wait;
  }

  /// Goes through all tables once; returns the first failure, if any.
  private @Nullable String round() throws InterruptedException {
    Instant now = parts.clock().instant();
    boolean cleans = !now.isBefore(lastCleanAt.plus(pacing.cleanInterval()));
    var round = new Round();
    try {
      for (Table table : parts.tables()) {
        progress = progress.working(State.WORKING, table.name());
        parts.lake().tidy(table, round);
        if (cleans) {
          parts.lake().clean(table, round);
        }
      }
    } catch (RuntimeException e) {
      LOG.error("Maintenance failed on a fault of ours: {}", FaultTrace.of(e));
      return "a fault of ours: " + e.getClass().getName();
    }
    lastCleanAt = cleans ? now : lastCleanAt;
    return round.failure;
  }

  /// Counts and tells each step, then rests as long as the load asks.
  private final class Round implements Maintenance.Pace {
    private @Nullable String failure;
    private Instant stepBegan = parts.clock().instant();
    private long acceptedThen = parts.load().accepted().getAsLong();

    @Override
    public void after(MaintenanceStep step) throws InterruptedException {
      meters.count(step);
      tell(step);
      long events = parts.load().accepted().getAsLong() - acceptedThen;
      Duration worked = Duration.between(stepBegan, parts.clock().instant());
      rest(step.table(), pacing.rest(worked, events));
      stepBegan = parts.clock().instant();
      acceptedThen = parts.load().accepted().getAsLong();
    }

    private void rest(String table, Duration rest) throws InterruptedException {
      progress = progress.working(State.RESTING, table);
      if (closing.await(rest.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new InterruptedException("the server stops");
      }
      progress = progress.working(State.WORKING, table);
    }

    private void tell(MaintenanceStep step) {
      switch (step) {
        case Compacted done ->
            LOG.debug(
                "Merged {} files of {} {} into one of {} rows",
                done.files(),
                done.table(),
                done.partition(),
                done.rows());
        case Expired done ->
            LOG.info(
                "Retention: {} days of {} are gone, {} rows in {} files",
                done.days(),
                done.table(),
                done.rows(),
                done.files());
        case Vacuumed done ->
            LOG.info("Deleted {} unneeded files of {}", done.files(), done.table());
        case Failed(String table, String reason) -> {
          LOG.warn("Maintenance of {} failed: {}", table, reason);
          failure = failure == null ? table + ": " + reason : failure;
        }
        case Configured _, Checkpointed _, LogCleaned _, TooLarge _ -> LOG.debug("{}", step);
      }
    }
  }
}
