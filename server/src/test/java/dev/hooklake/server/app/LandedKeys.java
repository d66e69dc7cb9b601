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
import java.util.stream.Collectors;

/// The event keys in a lake's tables, read without any of our reading code: the Delta log replayed
/// by hand, the Parquet files opened by DuckDB.
///
/// @param landing of the landing table
/// @param derived of the channel tables and quarantine
record LandedKeys(List<String> landing, List<String> derived) {

  static LandedKeys in(Path lake) throws IOException, SQLException {
    List<String> landing = new ArrayList<>();
    List<String> derived = new ArrayList<>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      for (Table table : Tables.all()) {
        String column = table.name().endsWith("_events") ? "event_id" : "event_key";
        List<Path> files = DeltaLog.files(lake.resolve(table.path()));
        read(duckdb, files, column, table.equals(Tables.LANDING) ? landing : derived);
      }
    }
    return new LandedKeys(landing, derived);
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
