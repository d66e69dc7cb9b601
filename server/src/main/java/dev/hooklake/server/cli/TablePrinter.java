package dev.hooklake.server.cli;

import dev.hooklake.server.analytics.ResultReader;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Columns under each other, numbers to the right, long texts cut.
///
/// The first thousand rows decide the widths; later ones may stick out, so that a result of any
/// size needs no more memory.
final class TablePrinter implements ResultReader {
  private static final int MEASURED_ROWS = 1_000;
  private static final int WIDEST = 60;

  private final PrintWriter out;
  private final List<List<@Nullable Object>> measured = new ArrayList<>();
  private List<String> names = List.of();
  private int[] widths = {};
  private long rows;

  TablePrinter(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void columns(List<String> names) {
    this.names = names;
    widths = new int[names.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = length(names.get(i));
    }
  }

  @Override
  public void row(List<@Nullable Object> values) {
    rows++;
    if (rows > MEASURED_ROWS) {
      print(values);
      return;
    }
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], length(text(values.get(i))));
    }
    measured.add(values);
    if (rows == MEASURED_ROWS) {
      printMeasured();
    }
  }

  @Override
  public void end() {
    if (rows < MEASURED_ROWS) {
      printMeasured();
    }
    out.println(rows == 1 ? "(1 row)" : "(" + rows + " rows)");
    out.flush();
  }

  private void printMeasured() {
    print(new ArrayList<@Nullable Object>(names));
    var rule = new ArrayList<String>();
    for (int width : widths) {
      rule.add("-".repeat(width));
    }
    out.println(String.join("  ", rule));
    measured.forEach(this::print);
    measured.clear();
  }

  private void print(List<@Nullable Object> values) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String text = text(values.get(i));
      String padding = " ".repeat(Math.max(0, widths[i] - length(text)));
      line.append(i == 0 ? "" : "  ");
      line.append(values.get(i) instanceof Number ? padding + text : text + padding);
    }
    out.println(line.toString().stripTrailing());
  }

  /// On one line and without control characters: a value from outside must not steer the terminal.
  private static String text(@Nullable Object value) {
    String text = String.valueOf(value).replaceAll("\\p{Cntrl}", " ");
    return length(text) <= WIDEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, WIDEST - 1)) + "…";
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
