package dev.hooklake.server.analytics;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// RFC 4180: a header, quotes where they are needed; null is empty, the empty text is `""`.
public final class CsvPrinter implements ResultReader {
  private final PrintWriter out;

  public CsvPrinter(PrintWriter out) {
    this.out = out;
  }

  /// An answer that is at hand, as text.
  public static String of(ResultTable table) {
    var text = new StringWriter();
    var csv = new CsvPrinter(new PrintWriter(text));
    csv.columns(table.columns());
    table.rows().forEach(csv::row);
    csv.end();
    return text.toString();
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
