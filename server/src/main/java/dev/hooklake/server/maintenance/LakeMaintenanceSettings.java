package dev.hooklake.server.maintenance;

import dev.hooklake.lake.MaintenanceSettings;

/// How a server keeps its lake in shape.
///
/// @param on whether the server does it by itself; the command line does it either way
public record LakeMaintenanceSettings(
    boolean on, MaintenancePacing pacing, MaintenanceSettings lake) {}
