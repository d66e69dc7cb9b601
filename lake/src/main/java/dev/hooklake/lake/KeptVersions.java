package dev.hooklake.lake;

import io.delta.kernel.Snapshot;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// How long what a newer version of a table no longer refers to stays readable, as the table's own
/// Delta properties, so that every engine's `VACUUM` and log clean-up keep to it too.
///
/// Delta's defaults (a week and a month) would be too long here: with a commit every few seconds
/// each checkpoint would carry a hundred thousand deleted files along.
final class KeptVersions {
  private static final String DELETED_FILES = "delta.deletedFileRetentionDuration";
  private static final String LOG = "delta.logRetentionDuration";

  private KeptVersions() {}

  /// The properties of a table that is created.
  static Map<String, String> with(Map<String, String> others) {
    var all = new HashMap<>(properties(MaintenanceSettings.DEFAULT_KEEP_VERSIONS));
    all.putAll(others);
    return Map.copyOf(all);
  }

  static Map<String, String> properties(Duration keep) {
    String interval = "interval " + keep.toHours() + " hours";
    return Map.of(DELETED_FILES, interval, LOG, interval);
  }

  static boolean areSaidBy(Snapshot snapshot, Duration keep) {
    return snapshot.getTableProperties().entrySet().containsAll(properties(keep).entrySet());
  }
}
