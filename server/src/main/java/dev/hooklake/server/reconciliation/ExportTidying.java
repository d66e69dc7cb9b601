package dev.hooklake.server.reconciliation;

import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.pipeline.FaultTrace;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes the files of deliveries that nobody needs, at once and every hour, where no
/// [HistoryJobs] does.
public final class ExportTidying implements AutoCloseable {
  static final Duration EVERY = Duration.ofHours(1);
  private static final Logger LOG = LoggerFactory.getLogger(ExportTidying.class);

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("exports-tidying").factory());

  private ExportTidying() {}

  public static ExportTidying start(
      ExportFolder exports, OperationsDatabase database, InstantSource clock) {
    var tidying = new ExportTidying();
    var rows = new HistoryJobRows(database);
    var _ =
        tidying.timer.scheduleWithFixedDelay(
            () -> tidy(exports, rows, clock.instant()), 0, EVERY.toSeconds(), TimeUnit.SECONDS);
    return tidying;
  }

  /// Files whose job ended, and those that nobody asked about.
  static void tidy(ExportFolder exports, HistoryJobRows rows, Instant now) {
    try {
      Set<String> open = rows.open().stream().map(HistoryJob::id).collect(Collectors.toSet());
      exports.tidy(open, now);
    } catch (IOException | RuntimeException e) {
      LOG.warn("Files of exports that nobody needs stay: {}", FaultTrace.of(e));
    }
  }

  @Override
  public void close() {
    timer.close();
  }
}
