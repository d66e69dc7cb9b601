package dev.hooklake.server.maintenance;

/// What maintenance did since the start of the server.
public record MaintenanceTotals(
    long compactedFiles,
    long compactedBytes,
    long expiredRows,
    long deletedFiles,
    long deletedBytes,
    long deletedLogEntries) {}
