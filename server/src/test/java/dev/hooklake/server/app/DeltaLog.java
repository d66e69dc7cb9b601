package dev.hooklake.server.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A reader of Delta tables that shares nothing with ours: replays the log's commits as the
/// protocol describes them and says which data files are valid.
final class DeltaLog {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DeltaLog() {}

  /// The valid data files of a table; none when there is no table.
  static List<Path> files(Path table) throws IOException {
    Path log = table.resolve("_delta_log");
    if (!Files.isDirectory(log)) {
      return List.of();
    }
    Set<String> valid = new LinkedHashSet<>();
    for (Path commit : commits(log)) {
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
    List<Path> files = new ArrayList<>();
    for (String path : valid) {
      files.add(table.resolve(URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8)));
    }
    return files;
  }

  /// All from the first on: a gap would mean that a commit is lost.
  private static List<Path> commits(Path log) throws IOException {
    try (Stream<Path> entries = Files.list(log)) {
      List<Path> commits =
          entries
              .filter(file -> file.getFileName().toString().matches("\\d{20}\\.json"))
              .sorted()
              .toList();
      for (int i = 0; i < commits.size(); i++) {
        if (!commits.get(i).getFileName().toString().equals("%020d.json".formatted(i))) {
          throw new IOException("commit " + i + " is missing in " + log);
        }
      }
      return commits;
    }
  }
}
