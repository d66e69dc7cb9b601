package dev.hooklake.lake;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// What a lake is to look like after maintenance.
///
/// @param targetBytes size of a compacted data file
/// @param openDayFiles small files that a partition may have while events still arrive in it
/// @param keepVersions how long what a newer version no longer refers to stays readable
/// @param retentionDays by table name: for how many days after its own a day's rows are kept;
///   tables that are not named keep theirs for ever
/// @param scratch directory of this machine for files under way; holds rows
/// @param memoryMebibytes what merging may take: sorting goes to disk beyond it, and files of long
///   rows stay smaller than the target
public record MaintenanceSettings(
    long targetBytes,
    int openDayFiles,
    Duration keepVersions,
    Map<String, Integer> retentionDays,
    Path scratch,
    int memoryMebibytes) {
  public static final Duration DEFAULT_KEEP_VERSIONS = Duration.ofDays(3);

  private static final long LEAST_TARGET_BYTES = 1 << 20;
  private static final Duration LEAST_KEEP_VERSIONS = Duration.ofHours(1);
  private static final int LEAST_MEMORY_MEBIBYTES = 64;

  /// The usual sizes and times, keeping every row.
  public static MaintenanceSettings usual(Path scratch) {
    return new MaintenanceSettings(128 << 20, 50, DEFAULT_KEEP_VERSIONS, Map.of(), scratch, 64);
  }

  public MaintenanceSettings {
    retentionDays = Map.copyOf(retentionDays);
    if (targetBytes < LEAST_TARGET_BYTES) {
      throw new IllegalArgumentException(
          "the target size of files is " + targetBytes + " bytes; give at least 1 MiB");
    }
    if (openDayFiles < 2) {
      throw new IllegalArgumentException(
          "the small files of an open day are " + openDayFiles + "; give at least 2");
    }
    if (keepVersions.compareTo(LEAST_KEEP_VERSIONS) < 0) {
      throw new IllegalArgumentException(
          "older versions are kept for " + keepVersions + "; give at least 1 hour, for readers");
    }
    if (memoryMebibytes < LEAST_MEMORY_MEBIBYTES) {
      throw new IllegalArgumentException(
          "the memory for sorting is " + memoryMebibytes + " MiB; give at least 64");
    }
    retentionDays.forEach((table, days) -> {
      // Today's rows must stay whatever the clock does around midnight.
      if (days < 1) {
        throw new IllegalArgumentException(
            table + " keeps rows for " + days + " days; give at least 1");
      }
    });
  }
}
