package dev.hooklake.server.analytics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.sources.event.Channel;
import dev.hooklake.sources.event.Column;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.event.Table;
import dev.hooklake.sources.event.Tables;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Rows as plain files that any engine loads: for each table its columns (`.ddl`) and its rows, one
/// JSON object a line (`.jsonl`).
final class KnownEventFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private KnownEventFiles() {}

  /// File names to contents; the known names are always there.
  static Map<String, String> of(List<Row> rows) {
    var files = new TreeMap<String, String>();
    for (Channel channel : Channel.values()) {
      put(files, Tables.events(channel), rows);
    }
    put(files, Tables.NAMES, KnownEvents.names());
    return files;
  }

  private static void put(Map<String, String> files, Table table, List<Row> rows) {
    files.put(table.name() + ".ddl", columns(table));
    files.put(
        table.name() + ".jsonl",
        rows.stream()
            .filter(row -> row.table().equals(table))
            .map(KnownEventFiles::json)
            .collect(Collectors.joining()));
  }

  private static String columns(Table table) {
    return table.columns().stream()
        .map(column -> column.name() + " " + type(column))
        .collect(Collectors.joining(",\n", "", "\n"));
  }

  private static String type(Column column) {
    return switch (column.type()) {
      case LONG -> "BIGINT";
      case STRING, INTEGER, DOUBLE, BOOLEAN, TIMESTAMP, DATE -> column.type().name();
    };
  }

  private static String json(Row row) {
    ObjectNode object = JSON.createObjectNode();
    for (Column column : row.table().columns()) {
      Object value = row.value(column.name());
      switch (value) {
        case null -> {}
        case Long number -> object.put(column.name(), number);
        case Boolean truth -> object.put(column.name(), truth);
        default -> object.put(column.name(), value.toString());
      }
    }
    try {
      return JSON.writeValueAsString(object) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
