package dev.hooklake.server.console;

import dev.hooklake.server.analytics.ResultTable;
import dev.hooklake.server.console.Chart.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Draws an answer whose first column names its rows and whose other columns have figures.
final class ResultChart {
  private static final int MOST_ROWS = 400;
  private static final int MOST_BARS = 40;
  private static final int MOST_SERIES = 6;

  private ResultChart() {}

  static Optional<Chart> of(ResultTable table) {
    int rows = table.rows().size();
    if (rows < 2 || rows > MOST_ROWS || !namesRows(table)) {
      return Optional.empty();
    }
    boolean rates = table.columns().stream().anyMatch(name -> name.endsWith("_rate"));
    List<Series> series =
        IntStream.range(1, table.columns().size())
            .filter(column -> isFigure(table, column))
            .filter(column -> !rates || table.columns().get(column).endsWith("_rate"))
            .limit(MOST_SERIES)
            .mapToObj(column -> series(table, column))
            .toList();
    if (series.isEmpty()) {
      return Optional.empty();
    }
    boolean inTime =
        String.valueOf(table.rows().getFirst().getFirst()).matches("\\d{4}-\\d\\d-\\d\\d.*");
    String kind = inTime ? "line" : rows > MOST_BARS ? "line" : "bar";
    return Optional.of(new Chart(kind, rates ? "%" : "", false, labels(table), series));
  }

  /// Two rows of one name cannot stand on one axis.
  private static boolean namesRows(ResultTable table) {
    List<String> labels = labels(table);
    return !table.columns().isEmpty() && labels.stream().distinct().count() == labels.size();
  }

  private static List<String> labels(ResultTable table) {
    return table.rows().stream().map(row -> String.valueOf(row.getFirst())).toList();
  }

  private static boolean isFigure(ResultTable table, int column) {
    return table.rows().stream()
            .map(row -> row.get(column))
            .allMatch(value -> value == null || value instanceof Number)
        && !table.columns().get(column).endsWith("_id");
  }

  private static Series series(ResultTable table, int column) {
    var values = new ArrayList<@Nullable Number>();
    table.rows().forEach(row -> values.add((Number) row.get(column)));
    return new Series(table.columns().get(column).replace('_', ' '), values);
  }
}
