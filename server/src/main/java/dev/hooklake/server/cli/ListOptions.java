package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How much of a list on the server is asked for, and how it is shown.
final class ListOptions {
  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many, up to 500; default: ${DEFAULT-VALUE}.")
  private int limit = 100;

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  /// A column of the table, and the field of an object that stands in it.
  record Column(String heading, String field) {}

  int limit() {
    return limit;
  }

  void print(JsonNode list, PrintWriter out, List<Column> columns) {
    if (json) {
      list.forEach(out::println);
      out.flush();
      return;
    }
    var table = new TablePrinter(out);
    table.columns(columns.stream().map(Column::heading).toList());
    for (JsonNode one : list) {
      List<@Nullable Object> row = new ArrayList<>();
      columns.forEach(column -> row.add(value(one.path(column.field()))));
      table.row(row);
    }
    table.end();
  }

  private static Object value(JsonNode field) {
    return field.isIntegralNumber() ? (Object) field.asLong() : field.asText();
  }
}
