package dev.hooklake.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The data files of a table's newest version, by its commits, and questions over them in DuckDB:
/// nothing of the program under measurement.
final class ValidFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ValidFiles() {}

  static List<Path> of(Path table) throws IOException {
    Set<String> valid = new LinkedHashSet<>();
    try (Stream<Path> log = Files.list(table.resolve("_delta_log"))) {
      for (Path commit : log.filter(file -> file.toString().endsWith(".json")).sorted().toList()) {
        for (String line : Files.readAllLines(commit)) {
          JsonNode action = JSON.readTree(line);
          valid.remove(action.path("remove").path("path").asText());
          if (action.has("add")) {
            valid.add(action.path("add").path("path").asText());
          }
        }
      }
    }
    return valid.stream().map(table::resolve).toList();
  }

  /// One line for each row, in order; `$table` stands for the files.
  static String query(List<Path> files, String sql) throws SQLException {
    String list = files.stream().map(file -> "'" + file + "'").collect(Collectors.joining(", "));
    var lines = new TreeSet<String>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement();
        ResultSet rows =
            statement.executeQuery(
                sql.replace("$table", "read_parquet([" + list + "], union_by_name = true)"))) {
      while (rows.next()) {
        lines.add(rows.getString(1) + " " + rows.getString(2) + " " + rows.getString(3));
      }
    }
    return String.join("\n", lines);
  }
}
