package dev.hooklake.server.maintenance;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How maintenance stands, as the server's status shows it. Times are ISO 8601 in UTC.
///
/// @param table being worked on; null between rounds
/// @param sinceStart what it did since the start of the server
public record MaintenanceState(
    String state,
    @Nullable String table,
    @Nullable String lastRoundAt,
    int failedRounds,
    @Nullable String lastError,
    @Nullable String nextRoundAt,
    MaintenanceTotals sinceStart) {

  public static MaintenanceState of(LakeMaintenance maintenance) {
    MaintenanceProgress progress = maintenance.progress();
    return new MaintenanceState(
        progress.state().name().toLowerCase(Locale.ROOT),
        progress.table(),
        text(progress.lastRoundAt()),
        progress.failedRounds(),
        progress.lastError(),
        text(progress.nextRoundAt()),
        maintenance.totals());
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
