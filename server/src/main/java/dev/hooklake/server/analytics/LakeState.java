package dev.hooklake.server.analytics;

import dev.hooklake.lake.LakeReader;
import dev.hooklake.lake.TableSnapshot;
import dev.hooklake.lake.TableSnapshot.DataFile;
import dev.hooklake.sources.event.Channel;
import dev.hooklake.sources.event.Table;
import dev.hooklake.sources.event.Tables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The newest version of every table that reports are made from: the channel tables and the names.
///
/// @param snapshots by table, without those that do not exist yet
record LakeState(Map<Table, TableSnapshot> snapshots) {
  LakeState {
    snapshots = Map.copyOf(snapshots);
  }

  static LakeState of(LakeReader lake) throws IOException {
    var snapshots = new LinkedHashMap<Table, TableSnapshot>();
    for (Table table : tables()) {
      lake.snapshot(table).ifPresent(snapshot -> snapshots.put(table, snapshot));
    }
    return new LakeState(snapshots);
  }

  private static List<Table> tables() {
    var tables = new ArrayList<>(channels());
    tables.add(Tables.NAMES);
    return tables;
  }

  /// The tables that hold events.
  static List<Table> channels() {
    return Arrays.stream(Channel.values()).map(Channel::table).toList();
  }

  Optional<TableSnapshot> snapshot(Table table) {
    return Optional.ofNullable(snapshots.get(table));
  }

  /// Delta version; -1 while there is no such table.
  long version(Table table) {
    return snapshot(table).map(TableSnapshot::version).orElse(LakeView.NO_VERSION);
  }

  List<DataFile> files(Table table) {
    return snapshot(table).map(TableSnapshot::files).orElse(List.of());
  }

  /// Rows of all channel tables, as far as the log tells.
  long events() {
    return channels().stream()
        .flatMap(table -> files(table).stream())
        .mapToLong(file -> Math.max(0, file.rows()))
        .sum();
  }

  /// Whether DuckDB can open the files here.
  boolean isLocal() {
    return channels().stream()
        .flatMap(table -> files(table).stream())
        .allMatch(file -> file.path().startsWith("/"));
  }

  /// The SQL that shows the tables which a statement names, under their names.
  List<String> views(String sql) {
    return tables().stream()
        .filter(table -> sql.contains(table.name()))
        .map(table -> LakeView.of(table, snapshot(table)).temporary())
        .toList();
  }
}
