package dev.hooklake.server.app.settings;

import dev.hooklake.lake.MaintenanceSettings;
import dev.hooklake.server.maintenance.LakeMaintenanceSettings;
import dev.hooklake.server.maintenance.MaintenancePacing;
import dev.hooklake.sources.event.Table;
import dev.hooklake.sources.event.Tables;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How the lake's tables are kept in shape, and for how long they keep rows.
public final class MaintenanceSection implements Section<LakeMaintenanceSettings> {
  static final Key<Boolean> ENABLED =
      new Key<>(
          "lake.maintenance.enabled",
          null,
          "true",
          ValueType.SWITCH,
          "Whether the server keeps the tables in shape by itself.");
  static final Key<Duration> INTERVAL =
      new Key<>(
          "lake.maintenance.interval",
          null,
          "1m",
          ValueType.TIME,
          "From the end of one round over all tables to the next.");
  static final Key<Long> TARGET =
      new Key<>(
          "lake.maintenance.target-file-size",
          null,
          "128MiB",
          ValueType.SIZE,
          "Size of a compacted data file; a file of half of it is left alone.");
  static final Key<Integer> OPEN_DAY_FILES =
      new Key<>(
          "lake.maintenance.open-day-files",
          null,
          "50",
          ValueType.number(2, 100_000),
          "Small files a day may have while events still arrive in it.");
  static final Key<Duration> KEEP_VERSIONS =
      new Key<>(
          "lake.maintenance.keep-versions",
          null,
          "3d",
          ValueType.TIME,
          "How long older versions of a table can be read; then their files and log entries go.");
  static final Key<Integer> MEMORY =
      new Key<>(
          "lake.maintenance.memory-mib",
          null,
          "64",
          ValueType.number(64, 1 << 20),
          "Memory for merging; sorting goes to disk beyond it, and long rows stay in smaller files.");

  private static final Duration CLEAN_INTERVAL = Duration.ofHours(6);

  private static final List<Key<Integer>> RETENTION =
      Tables.all().stream().map(MaintenanceSection::retention).toList();

  private static Key<Integer> retention(Table table) {
    return new Key<>(
        "lake.retention." + table.name(),
        null,
        "forever",
        ValueType.DAYS,
        "For how many days after its own a day's rows stay in " + table.name() + ".");
  }

  @Override
  public String title() {
    return "Lake maintenance and retention";
  }

  @Override
  public List<Key<?>> keys() {
    var keys =
        new ArrayList<Key<?>>(
            List.of(ENABLED, INTERVAL, TARGET, OPEN_DAY_FILES, KEEP_VERSIONS, MEMORY));
    keys.addAll(RETENTION);
    return keys;
  }

  @Override
  public LakeMaintenanceSettings read(GivenSettings given) {
    Path scratch = GeneralSection.data(given).resolve("scratch");
    MaintenanceSettings lake =
        given.checked(
            given.where(KEEP_VERSIONS),
            () -> settings(given, scratch),
            () -> MaintenanceSettings.usual(scratch));
    return new LakeMaintenanceSettings(
        given.value(ENABLED), new MaintenancePacing(given.value(INTERVAL), CLEAN_INTERVAL), lake);
  }

  private static MaintenanceSettings settings(GivenSettings given, Path scratch) {
    Map<String, Integer> retentionDays = new HashMap<>();
    for (Key<Integer> key : RETENTION) {
      int days = given.value(key);
      if (days > 0) {
        retentionDays.put(key.name().substring("lake.retention.".length()), days);
      }
    }
    return new MaintenanceSettings(
        given.value(TARGET),
        given.value(OPEN_DAY_FILES),
        given.value(KEEP_VERSIONS),
        retentionDays,
        scratch,
        given.value(MEMORY));
  }
}
