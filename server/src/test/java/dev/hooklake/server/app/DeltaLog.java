package dev.hooklake.server.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A reader of Delta tables that shares nothing with ours: replays the log's commits, after a
/// checkpoint where the log was cleaned, as the protocol describes them, and says which data files
/// are valid.
final class DeltaLog {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DeltaLog() {}

  /// The valid data files of a table; none when there is no table, or it is just being made.
  static List<Path> files(Path table) throws IOException {
    Path log = table.resolve("_delta_log");
    if (!Files.isDirectory(log)) {
      return List.of();
    }
    List<Path> commits = named(log, "\\d{20}\\.json");
    List<Path> checkpoints = named(log, "\\d{20}\\.checkpoint\\.parquet");
    if (commits.isEmpty() && checkpoints.isEmpty()) {
      return List.of();
    }
    Set<String> valid = new LinkedHashSet<>();
    // Once the log was cleaned, its beginning is in a checkpoint only.
    if (commits.isEmpty() || !commits.getFirst().endsWith("%020d.json".formatted(0))) {
      Path checkpoint = checkpoints.getLast();
      valid.addAll(addedBy(checkpoint));
      commits = commits.stream().filter(commit -> version(commit) > version(checkpoint)).toList();
      replay(commits, version(checkpoint) + 1, valid);
    } else {
      replay(commits, 0, valid);
    }
    List<Path> files = new ArrayList<>();
    for (String path : valid) {
      files.add(table.resolve(URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8)));
    }
    return files;
  }

  /// How many files the commits in a table's log took away.
  static long removals(Path table) throws IOException {
    long removals = 0;
    for (Path commit : named(table.resolve("_delta_log"), "\\d{20}\\.json")) {
      for (String line : Files.readAllLines(commit)) {
        removals += JSON.readTree(line).has("remove") ? 1 : 0;
      }
    }
    return removals;
  }

  /// A gap would mean that a commit is lost.
  private static void replay(List<Path> commits, long first, Set<String> valid) throws IOException {
    long expected = first;
    for (Path commit : commits) {
      if (version(commit) != expected++) {
        throw new IOException("a commit is missing before " + commit);
      }
      for (String line : Files.readAllLines(commit)) {
        JsonNode action = JSON.readTree(line);
        if (action.has("remove")) {
          valid.remove(action.path("remove").path("path").asText());
        }
        if (action.has("add")) {
          valid.add(action.path("add").path("path").asText());
        }
      }
    }
  }

  private static List<String> addedBy(Path checkpoint) throws IOException {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT add.path FROM read_parquet('" + checkpoint + "') WHERE add IS NOT NULL")) {
      var paths = new ArrayList<String>();
      while (rows.next()) {
        paths.add(rows.getString(1));
      }
      return paths;
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private static long version(Path entry) {
    return Long.parseLong(entry.getFileName().toString().substring(0, 20));
  }

  private static List<Path> named(Path log, String pattern) throws IOException {
    try (Stream<Path> entries = Files.list(log)) {
      return entries
          .filter(file -> file.getFileName().toString().matches(pattern))
          .sorted()
          .toList();
    }
  }
}
