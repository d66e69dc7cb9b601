package dev.hooklake.server.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.lake.SimulatedLakes;
import dev.hooklake.lake.SimulatedStore;
import dev.hooklake.sources.event.Table;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// One table of a simulated store, read by replaying its log as the Delta protocol describes it.
/// Each look goes on where the last one ended.
final class StoredTable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SimulatedStore store;
  private final Table table;
  private final List<String> columns;
  private final String path;
  private final Set<String> valid = new HashSet<>();
  private final Map<String, Long> transactions = new HashMap<>();
  private long nextVersion;

  StoredTable(SimulatedStore store, String root, Table table, List<String> columns) {
    this.store = store;
    this.table = table;
    this.columns = columns;
    this.path = root + "/" + table.path();
  }

  /// Hands over each data file's rows that joined or left the table since the last look.
  void look(Consumer<List<List<Object>>> joined, Consumer<List<List<Object>>> left)
      throws IOException {
    List<String> log = store.paths(path + "/_delta_log");
    while (log.contains(commit(nextVersion))) {
      for (String line : store.lines(commit(nextVersion))) {
        JsonNode action = JSON.readTree(line);
        if (action.has("remove")) {
          String file = file(action.path("remove"));
          valid.remove(file);
          left.accept(rows(file));
        }
        if (action.has("add")) {
          String file = file(action.path("add"));
          valid.add(file);
          joined.accept(rows(file));
        }
        if (action.has("txn")) {
          JsonNode id = action.path("txn");
          transactions.put(id.path("appId").asText(), id.path("version").asLong());
        }
      }
      nextVersion++;
    }
  }

  /// Says whether every file that the table holds is there.
  boolean isWhole() {
    return store.paths(path).containsAll(valid);
  }

  /// The highest transaction version of any writer; 0 when there is none.
  long transaction() {
    return transactions.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  private String commit(long version) {
    return "%s/_delta_log/%020d.json".formatted(path, version);
  }

  private String file(JsonNode action) {
    String relative = action.path("path").asText().replace("+", "%2B");
    return path + "/" + URLDecoder.decode(relative, StandardCharsets.UTF_8);
  }

  private List<List<Object>> rows(String file) throws IOException {
    return SimulatedLakes.read(store, file, table, columns);
  }

  /// Another writer's commit: nothing but a note, or a changed property of the table.
  static boolean commitOfAnother(
      SimulatedStore store, String path, long version, boolean property) {
    var lines = new StringBuilder("{\"commitInfo\":{\"timestamp\":1,\"operation\":\"NOTE\"}}\n");
    if (property) {
      lines.append(metadataOf(store, path, version)).append('\n');
    }
    return store.putIfAbsent("%s/_delta_log/%020d.json".formatted(path, version), lines.toString());
  }

  private static String metadataOf(SimulatedStore store, String path, long version) {
    for (long at = version - 1; at >= 0; at--) {
      for (String line : store.lines("%s/_delta_log/%020d.json".formatted(path, at))) {
        if (line.startsWith("{\"metaData\"")) {
          return line.replaceFirst(
              "\"delta.checkpointInterval\":\"\\d+\"",
              "\"delta.checkpointInterval\":\"" + (2 + version % 5) + "\"");
        }
      }
    }
    throw new IllegalStateException("no metadata in " + path);
  }
}
