package dev.hooklake.server.analytics;

import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.event.Table;
import dev.hooklake.sources.event.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/// A DuckDB with the channel tables and the given rows in them.
final class EventTables implements AutoCloseable {
  private final Connection connection;

  private EventTables(Connection connection) {
    this.connection = connection;
  }

  static EventTables holding(List<Row> rows, Path folder, String timeZone)
      throws IOException, SQLException {
    Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    var tables = new EventTables(connection);
    tables.execute("SET TimeZone = '" + timeZone + "'");
    Map<String, String> files = KnownEventFiles.of(rows);
    for (Table table : Tables.readable()) {
      String columns = files.get(table.name() + ".ddl");
      if (columns != null) {
        tables.create(table, columns.replace(" TIMESTAMP", " TIMESTAMPTZ"));
        tables.fill(table, files.get(table.name() + ".jsonl"), folder);
      }
    }
    return tables;
  }

  private void create(Table table, String columns) throws SQLException {
    execute(
        "CREATE TABLE "
            + table.name()
            + " ("
            + columns.replace("timestamp ", "\"timestamp\" ")
            + ")");
  }

  private void fill(Table table, String lines, Path folder) throws IOException, SQLException {
    if (!lines.isEmpty()) {
      Path file = Files.writeString(folder.resolve(table.name() + ".jsonl"), lines);
      execute("COPY " + table.name() + " FROM '" + file + "' (FORMAT json)");
    }
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  CollectedRows query(String sql) throws SQLException {
    var result = new CollectedRows();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      ResultRows.read(rows, result);
    }
    return result;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
