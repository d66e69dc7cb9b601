package dev.hooklake.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.server.analytics.ResultReader;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One array with an object for each row, a row a line.
final class JsonPrinter implements ResultReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintWriter out;
  private List<String> names = List.of();
  private String before = "[";

  JsonPrinter(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void columns(List<String> names) {
    this.names = names;
  }

  @Override
  public void row(List<@Nullable Object> values) {
    Map<String, @Nullable Object> row = LinkedHashMap.newLinkedHashMap(names.size());
    for (int i = 0; i < names.size(); i++) {
      row.put(names.get(i), values.get(i));
    }
    out.println(before);
    out.print(text(row));
    before = ",";
  }

  private static String text(Map<String, @Nullable Object> row) {
    try {
      return JSON.writeValueAsString(row);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("text, numbers, truth and null can always be written", e);
    }
  }

  /// After a failure the array stays open, so that nobody takes it for whole.
  @Override
  public void end() {
    if (before.equals("[")) {
      out.print(before);
    }
    out.println();
    out.println("]");
    out.flush();
  }
}
