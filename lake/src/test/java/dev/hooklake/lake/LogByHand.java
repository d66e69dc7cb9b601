package dev.hooklake.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads a table's log as the protocol describes it, with code that shares nothing with ours or
/// Kernel's: commits as text, checkpoints with DuckDB.
final class LogByHand {
  private static final Pattern ACTION =
      Pattern.compile("^\\{\"(add|remove)\":\\{\"path\":\"([^\"]+)\"");

  private LogByHand() {}

  /// The data files that the commits from the first on leave.
  static List<String> fromCommits(Path table) throws IOException {
    List<Path> commits = commits(table);
    assertThat(commits.getFirst().getFileName()).hasToString("%020d.json".formatted(0));
    return paths(table, replay(new LinkedHashSet<>(), commits));
  }

  /// The data files of the newest checkpoint and the commits after it.
  static List<String> fromCheckpoint(Path table) throws Exception {
    Path checkpoint = named(table, "\\d{20}\\.checkpoint\\.parquet").getLast();
    String version = checkpoint.getFileName().toString().substring(0, 20);
    Set<String> valid =
        new LinkedHashSet<>(
            DuckDb.rows(
                "SELECT add.path FROM read_parquet('%s') WHERE add IS NOT NULL"
                    .formatted(checkpoint)));
    List<Path> later =
        commits(table).stream()
            .filter(commit -> commit.getFileName().toString().compareTo(version + ".json") > 0)
            .toList();
    return paths(table, replay(valid, later));
  }

  static String statsOfOnlyFile(Path table) throws IOException {
    List<String> added =
        Files.readAllLines(commits(table).getLast()).stream()
            .filter(line -> line.startsWith("{\"add\""))
            .toList();
    assertThat(added).hasSize(1);
    return added.getFirst().replace("\\\"", "\"");
  }

  /// Adds a column as another engine's commit would.
  static void addColumn(Path log, String name, String type) throws IOException {
    List<Path> commits = commits(log.getParent());
    String metadata =
        Files.readAllLines(commits.getFirst()).stream()
            .filter(line -> line.startsWith("{\"metaData\""))
            .findFirst()
            .orElseThrow();
    String field =
        "{\\\"name\\\":\\\"%s\\\",\\\"type\\\":\\\"%s\\\",\\\"nullable\\\":true,\\\"metadata\\\":{}},"
            .formatted(name, type);
    String fields = "\\\"fields\\\":[";
    assertThat(metadata).contains(fields);
    Files.writeString(
        log.resolve("%020d.json".formatted(commits.size())),
        metadata.replace(fields, fields + field) + "\n");
  }

  static List<Path> commits(Path table) throws IOException {
    return named(table, "\\d{20}\\.json");
  }

  private static List<Path> named(Path table, String pattern) throws IOException {
    try (Stream<Path> entries = Files.list(table.resolve("_delta_log"))) {
      return entries
          .filter(entry -> entry.getFileName().toString().matches(pattern))
          .sorted()
          .toList();
    }
  }

  private static Set<String> replay(Set<String> valid, List<Path> commits) throws IOException {
    for (Path commit : commits) {
      for (String line : Files.readAllLines(commit)) {
        Matcher action = ACTION.matcher(line);
        if (action.find() && action.group(1).equals("add")) {
          valid.add(action.group(2));
        } else if (action.find(0)) {
          valid.remove(action.group(2));
        }
      }
    }
    return valid;
  }

  private static List<String> paths(Path table, Set<String> relative) {
    return relative.stream().map(path -> table.resolve(path).toString()).toList();
  }
}
