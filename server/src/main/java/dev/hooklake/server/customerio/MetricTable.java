package dev.hooklake.server.customerio;

import dev.hooklake.providers.customerio.MetricSeries;
import dev.hooklake.providers.customerio.Resolution;
import dev.hooklake.server.analytics.ResultTable;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A provider's counts as a table: a row a step, a column a metric.
public final class MetricTable {
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  private MetricTable() {}

  public static ResultTable of(MetricSeries series, Resolution resolution) {
    DateTimeFormatter step =
        resolution == Resolution.HOURS ? HOUR : DateTimeFormatter.ISO_LOCAL_DATE;
    Map<String, List<Long>> counts = new TreeMap<>(series.counts());
    List<String> columns = new ArrayList<>(List.of(resolution.name().toLowerCase(Locale.ROOT)));
    columns.addAll(counts.keySet());
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < series.starts().size(); i++) {
      List<@Nullable Object> row = new ArrayList<>();
      row.add(step.format(series.starts().get(i)));
      for (List<Long> values : counts.values()) {
        row.add(values.get(i));
      }
      rows.add(row);
    }
    return new ResultTable(columns, rows, false);
  }
}
