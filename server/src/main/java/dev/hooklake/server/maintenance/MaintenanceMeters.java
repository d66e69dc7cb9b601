package dev.hooklake.server.maintenance;

import dev.hooklake.lake.MaintenanceStep;
import dev.hooklake.lake.MaintenanceStep.Checkpointed;
import dev.hooklake.lake.MaintenanceStep.Compacted;
import dev.hooklake.lake.MaintenanceStep.Configured;
import dev.hooklake.lake.MaintenanceStep.Expired;
import dev.hooklake.lake.MaintenanceStep.Failed;
import dev.hooklake.lake.MaintenanceStep.LogCleaned;
import dev.hooklake.lake.MaintenanceStep.TooLarge;
import dev.hooklake.lake.MaintenanceStep.Vacuumed;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.Supplier;

/// What maintenance counts, since the start of the server.
final class MaintenanceMeters {
  private final Counter compactedFiles;
  private final Counter compactedBytes;
  private final Counter expiredRows;
  private final Counter deletedFiles;
  private final Counter deletedBytes;
  private final Counter deletedLogEntries;
  private final Counter failures;

  MaintenanceMeters(MeterRegistry registry, Supplier<MaintenanceProgress> progress) {
    compactedFiles = counter(registry, "compacted.files", "Small files merged into others");
    compactedBytes = counter(registry, "compacted.bytes", "Bytes of these files");
    expiredRows = counter(registry, "expired.rows", "Rows beyond their table's retention");
    deletedFiles = counter(registry, "deleted.files", "Unneeded data files deleted");
    deletedBytes = counter(registry, "deleted.bytes", "Bytes of these files");
    deletedLogEntries = counter(registry, "deleted.log.entries", "Old log entries deleted");
    failures = counter(registry, "failures", "Steps that failed");
    Gauge.builder("hooklake.maintenance.failed.rounds", () -> progress.get().failedRounds())
        .description("Failed rounds in a row; 0 while all is well")
        .register(registry);
    for (MaintenanceProgress.State state : MaintenanceProgress.State.values()) {
      Gauge.builder("hooklake.maintenance.state", () -> progress.get().state() == state ? 1 : 0)
          .description("1 for the state that maintenance is in")
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder("hooklake.maintenance." + name)
        .description(description)
        .register(registry);
  }

  void count(MaintenanceStep step) {
    switch (step) {
      case Compacted done -> {
        compactedFiles.increment((double) done.files());
        compactedBytes.increment((double) done.bytesBefore());
      }
      case Expired done -> expiredRows.increment((double) done.rows());
      case Vacuumed done -> {
        deletedFiles.increment((double) done.files());
        deletedBytes.increment((double) done.bytes());
      }
      case LogCleaned done -> deletedLogEntries.increment((double) done.entries());
      case Failed _ -> failures.increment();
      case Configured _, Checkpointed _, TooLarge _ -> {}
    }
  }

  MaintenanceTotals totals() {
    return new MaintenanceTotals(
        (long) compactedFiles.count(),
        (long) compactedBytes.count(),
        (long) expiredRows.count(),
        (long) deletedFiles.count(),
        (long) deletedBytes.count(),
        (long) deletedLogEntries.count());
  }
}
