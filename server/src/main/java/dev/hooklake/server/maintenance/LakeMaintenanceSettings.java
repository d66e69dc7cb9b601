package dev.hooklake.server.maintenance;

import dev.hooklake.lake.MaintenanceSettings;
import java.time.Instant;
import java.util.Optional;

/// How a server keeps its lake in shape.
///
/// @param on whether the server does it by itself; the command line does it either way
public record LakeMaintenanceSettings(
    boolean on, MaintenancePacing pacing, MaintenanceSettings lake) {

  /// By when a running server has deleted what tables no longer refer to, unless it stands back or
  /// fails meanwhile; empty when it never does by itself.
  public Optional<Instant> deletedBy(Instant removedAt) {
    // Kept that long, then found at the first look of a round that begins after the last look.
    return on
        ? Optional.of(
            removedAt
                .plus(lake.keepVersions())
                .plus(pacing.cleanInterval())
                .plus(pacing.interval()))
        : Optional.empty();
  }
}
