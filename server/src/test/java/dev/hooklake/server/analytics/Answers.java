package dev.hooklake.server.analytics;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A table of answers as text: numbers in their shortest form, null as nothing.
record Answers(List<String> columns, List<List<String>> rows) {

  /// Reads a CSV file without quotes; lines that start with `# ` are remarks.
  static Answers read(Path file) throws IOException {
    List<List<String>> lines =
        Files.readAllLines(file).stream()
            .filter(line -> !line.startsWith("# "))
            .map(line -> List.of(line.split(",", -1)))
            .toList();
    return new Answers(lines.getFirst(), lines.subList(1, lines.size()));
  }

  static Answers of(CollectedRows result) {
    return new Answers(
        result.columns,
        result.rows.stream().map(row -> row.stream().map(Answers::text).toList()).toList());
  }

  private static String text(Object value) {
    return switch (value) {
      case null -> "";
      case Number number -> plain(new BigDecimal(number.toString()));
      default -> value.toString();
    };
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  /// Only these columns, in this order.
  Answers only(List<String> wanted) {
    List<Integer> positions = wanted.stream().map(columns::indexOf).toList();
    if (positions.contains(-1)) {
      throw new IllegalArgumentException("of " + wanted + " some are not among " + columns);
    }
    return new Answers(
        wanted, rows.stream().map(row -> positions.stream().map(row::get).toList()).toList());
  }

  /// A line for each row, so that a failing test shows two tables.
  List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add(String.join(",", columns));
    rows.forEach(row -> lines.add(String.join(",", row)));
    return lines;
  }
}
