package dev.hooklake.server.app;

import dev.hooklake.sources.event.Table;
import dev.hooklake.sources.event.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The event keys in a lake's tables, read without any of our reading code: the Delta log replayed
/// by hand, the Parquet files opened by DuckDB.
///
/// @param byTable of every table, by its name
record LandedKeys(Map<String, List<String>> byTable) {

  static LandedKeys in(Path lake) throws IOException, SQLException {
    Map<String, List<String>> byTable = new TreeMap<>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      for (Table table : Tables.all()) {
        String column = table.name().endsWith("_events") ? "event_id" : "event_key";
        List<Path> files = DeltaLog.files(lake.resolve(table.path()));
        List<String> keys = new ArrayList<>();
        read(duckdb, files, column, keys);
        byTable.put(table.name(), keys);
      }
    }
    return new LandedKeys(byTable);
  }

  List<String> landing() {
    return in(Tables.LANDING);
  }

  List<String> in(Table table) {
    return byTable.getOrDefault(table.name(), List.of());
  }

  /// Of the channel tables and quarantine together.
  List<String> derived() {
    return byTable.entrySet().stream()
        .filter(table -> !table.getKey().equals(Tables.LANDING.name()))
        .flatMap(table -> table.getValue().stream())
        .toList();
  }

  private static void read(Connection duckdb, List<Path> files, String column, List<String> keys)
      throws SQLException {
    if (files.isEmpty()) {
      return;
    }
    String list =
        files.stream().map(file -> "'" + file + "'").collect(Collectors.joining(", ", "[", "]"));
    try (Statement statement = duckdb.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT " + column + " FROM read_parquet(" + list + ")")) {
      while (rows.next()) {
        keys.add(rows.getString(1));
      }
    }
  }
}
