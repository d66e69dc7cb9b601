package dev.hooklake.server.cli;

import dev.hooklake.server.analytics.ResultReader;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// RFC 4180: a header, quotes where they are needed; null is empty, the empty text is `""`.
final class CsvPrinter implements ResultReader {
  private final PrintWriter out;

  CsvPrinter(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void columns(List<String> names) {
    out.print(names.stream().map(CsvPrinter::cell).collect(Collectors.joining(",")));
    out.print("\r\n");
  }

  @Override
  public void row(List<@Nullable Object> values) {
    out.print(values.stream().map(CsvPrinter::cell).collect(Collectors.joining(",")));
    out.print("\r\n");
  }

  private static String cell(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    String text = value.toString();
    boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> "\",\r\n".indexOf(c) >= 0);
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  @Override
  public void end() {
    out.flush();
  }
}
