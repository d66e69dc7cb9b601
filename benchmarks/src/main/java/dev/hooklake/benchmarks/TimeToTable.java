package dev.hooklake.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/// From receipt to visible: the time of the Delta commit (its log file's modification time) minus
/// the row's `received_at`, read from log and Parquet files without any of our code.
final class TimeToTable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TimeToTable() {}

  static void print(Path table, int seconds) throws IOException, SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE delay (received_at TIMESTAMPTZ, seconds DOUBLE)");
      for (Path commit : commits(table)) {
        long millis = Files.getLastModifiedTime(commit).toMillis();
        for (String line : Files.readAllLines(commit)) {
          JsonNode add = JSON.readTree(line).path("add");
          if (add.path("dataChange").asBoolean()) {
            insert(connection, table.resolve(add.path("path").asText()), millis);
          }
        }
      }
      for (String third : List.of("first", "middle", "last")) {
        report(statement, third, seconds);
      }
    }
  }

  private static List<Path> commits(Path table) throws IOException {
    try (Stream<Path> files = Files.list(table.resolve("_delta_log"))) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static void insert(Connection connection, Path file, long millis) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO delay SELECT received_at, (? - epoch_ms(received_at)) / 1000.0"
                + " FROM read_parquet(?)")) {
      insert.setLong(1, millis);
      insert.setString(2, file.toString());
      insert.execute();
    }
  }

  private static void report(Statement statement, String third, int seconds) throws SQLException {
    int from = List.of("first", "middle", "last").indexOf(third) * seconds / 3;
    String sql =
        """
        WITH start AS (SELECT min(received_at) AS began FROM delay)
        SELECT count(*), quantile_cont(seconds, 0.5), quantile_cont(seconds, 0.95), max(seconds)
        FROM delay, start
        WHERE received_at >= began + INTERVAL %d SECOND
          AND received_at < began + INTERVAL %d SECOND\
        """
            .formatted(from, from + seconds / 3);
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      System.out.printf(
          "time to table, %s third: %d events, p50 %.2f s, p95 %.2f s, longest %.2f s%n",
          third, row.getLong(1), row.getDouble(2), row.getDouble(3), row.getDouble(4));
    }
  }
}
