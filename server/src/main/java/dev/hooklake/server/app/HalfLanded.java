package dev.hooklake.server.app;

import dev.hooklake.lake.Batch;
import dev.hooklake.lake.Batch.SequencedRow;
import dev.hooklake.lake.CommitOutcome;
import dev.hooklake.lake.Lake;
import dev.hooklake.lake.LakeReader;
import dev.hooklake.server.analytics.LakeSql;
import dev.hooklake.server.analytics.SqlFailure;
import dev.hooklake.server.analytics.SqlLimits;
import dev.hooklake.server.pipeline.BatchTarget;
import dev.hooklake.server.replay.Replay;
import dev.hooklake.server.replay.ReplayRange;
import dev.hooklake.server.replay.ReplayReport;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.event.Tables;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The lake as the pipeline sees it, with an eye on a batch that an earlier run left half in it.
///
/// Such a batch is in some channel tables and not in landing. It is derived again, and each table
/// skips what it has. If decoders or settings changed in between, an event can by then stand in two
/// tables, or in none: so once the batch has landed, its events are replayed, beside the pipeline.
final class HalfLanded implements BatchTarget, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HalfLanded.class);
  private static final SqlLimits LIMITS = new SqlLimits(1, 256);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

  private final Lake lake;
  private final LakeReader reader;
  private final Map<String, Source> sources;
  private final InstantSource clock;

  /// Null when nothing was left half-way, or not any more.
  private @Nullable Half half;

  private volatile @Nullable Thread replaying;

  HalfLanded(Lake lake, LakeReader reader, Map<String, Source> sources, InstantSource clock) {
    this.lake = lake;
    this.reader = reader;
    this.sources = Map.copyOf(sources);
    this.clock = clock;
  }

  @Override
  public long landedThrough() throws IOException {
    long landed = lake.landedThrough();
    long derived = lake.derivedThrough();
    if (derived > landed) {
      LOG.warn(
          "An earlier run left the events with sequences {} to {} half in the lake; they are"
              + " landed now and compared with today's decoders",
          landed + 1,
          derived);
      half = new Half(landed + 1, derived);
    }
    return landed;
  }

  @Override
  public CommitOutcome commit(Batch batch) throws InterruptedException {
    CommitOutcome outcome = lake.commit(batch);
    Half open = half;
    if (open != null && outcome instanceof CommitOutcome.Committed(long through)) {
      open.see(batch);
      if (through >= open.last) {
        half = null;
        replayBeside(open);
      }
    }
    return outcome;
  }

  private void replayBeside(Half landed) {
    replaying =
        Thread.ofPlatform().name("half-landed").daemon().start(() -> replay(landed.range()));
  }

  private void replay(ReplayRange range) {
    try (LakeSql before = LakeSql.open(reader, LIMITS)) {
      var replay = new Replay(before, lake, List.copyOf(sources.values()), clock);
      ReplayReport report = replay.run(range, false, _ -> {});
      LOG.info(
          "Of the events that were half in the lake, {} were compared and {} changed",
          report.examined(),
          report.changed());
    } catch (IOException | SqlFailure e) {
      LOG.warn(
          "Events that were half in the lake could not be compared with today's decoders ({});"
              + " run: hooklake replay --from {} --to {}",
          e.getClass().getSimpleName(),
          range.from(),
          range.to());
    }
  }

  /// Waits a little for a replay under way; what it leaves undone is found by a replay by hand.
  @Override
  public void close() {
    Thread thread = replaying;
    try {
      if (thread != null && !thread.join(LONGEST_CLOSE)) {
        LOG.warn("A replay of events that were half in the lake was broken off; replay that day");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// A batch that was cut short, and when its events were received, as far as that has been seen.
  private static final class Half {
    private final long first;
    private final long last;
    private Instant from = Instant.MAX;
    private Instant to = Instant.MIN;

    Half(long first, long last) {
      this.first = first;
      this.last = last;
    }

    void see(Batch batch) {
      for (SequencedRow row : batch.rows()) {
        if (row.row().table().equals(Tables.LANDING)
            && row.sequence() >= first
            && row.sequence() <= last
            && row.row().value("received_at") instanceof Instant receivedAt) {
          from = receivedAt.isBefore(from) ? receivedAt : from;
          to = receivedAt.isAfter(to) ? receivedAt : to;
        }
      }
    }

    /// In microseconds, which is what tables keep.
    ReplayRange range() {
      return new ReplayRange(
          from.truncatedTo(ChronoUnit.MICROS),
          to.truncatedTo(ChronoUnit.MICROS).plus(1, ChronoUnit.MICROS),
          null);
    }
  }
}
