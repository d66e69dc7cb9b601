package dev.hooklake.server.console;

import dev.hooklake.lake.Lake;
import dev.hooklake.lake.LakeReader;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.server.analytics.LakeSql;
import dev.hooklake.server.analytics.SqlFailure;
import dev.hooklake.server.analytics.SqlLimits;
import dev.hooklake.server.pipeline.FaultTrace;
import dev.hooklake.server.replay.Replay;
import dev.hooklake.server.replay.ReplayRange;
import dev.hooklake.server.replay.ReplayReport;
import dev.hooklake.sources.Source;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Replays that were asked for on a page: one at a time, on a thread of its own, which the page
/// watches. A server that stops breaks one off; it is then simply run again.
public final class ReplayRuns {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayRuns.class);
  private static final SqlLimits LIMITS = new SqlLimits(1, 384);

  /// What a replay works with.
  ///
  /// @param noErasure held from the first look at the lake to the last row: what was read before an
  ///   erasure would be written back after it
  public record Parts(
      LakeReader reader,
      LakeSettings storage,
      List<Source> sources,
      InstantSource clock,
      Lock noErasure) {
    public Parts {
      sources = List.copyOf(sources);
    }
  }

  /// How a replay stands.
  ///
  /// @param examined landing rows compared so far
  /// @param report null until it has ended well
  /// @param failure null unless it has ended badly
  public record Run(
      ReplayRange range,
      boolean dryRun,
      long examined,
      @Nullable ReplayReport report,
      @Nullable String failure) {

    public boolean running() {
      return report == null && failure == null;
    }

    private Run examined(long rows) {
      return new Run(range, dryRun, rows, null, null);
    }
  }

  private final Parts parts;
  private volatile @Nullable Run latest;

  public ReplayRuns(Parts parts) {
    this.parts = parts;
  }

  /// The one that runs or ran last.
  @Nullable Run latest() {
    return latest;
  }

  /// False when another one is running.
  synchronized boolean start(ReplayRange range, boolean dryRun) {
    Run known = latest;
    if (known != null && known.running()) {
      return false;
    }
    var run = new Run(range, dryRun, 0, null, null);
    latest = run;
    Thread.ofPlatform().name("replay").daemon().start(() -> latest = ended(run));
    return true;
  }

  private Run ended(Run run) {
    parts.noErasure().lock();
    try {
      return made(run);
    } finally {
      parts.noErasure().unlock();
    }
  }

  private Run made(Run run) {
    try (LakeSql before = LakeSql.open(parts.reader(), LIMITS);
        Lake lake = Lake.openExisting(parts.storage(), UUID.randomUUID(), parts.clock())) {
      var replay = new Replay(before, lake, parts.sources(), parts.clock());
      ReplayReport report =
          replay.run(run.range(), run.dryRun(), rows -> latest = run.examined(rows));
      return new Run(run.range(), run.dryRun(), report.examined(), report, null);
    } catch (IOException | SqlFailure e) {
      return new Run(run.range(), run.dryRun(), 0, null, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("A replay failed on a fault of ours: {}", FaultTrace.of(e));
      return new Run(run.range(), run.dryRun(), 0, null, "this server failed on it; see its log");
    }
  }
}
