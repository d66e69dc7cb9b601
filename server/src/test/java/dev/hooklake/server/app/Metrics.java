package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

/// One answer of `/metrics`, read as Prometheus does.
record Metrics(String page) {

  /// The value of one series, named with its labels as the page has them.
  long one(String series) {
    return page.lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToLong(Metrics::value)
        .findFirst()
        .orElseThrow();
  }

  /// Over all series of a name that have a label; at least one must.
  long sum(String name, String label) {
    long[] values =
        page.lines()
            .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
            .filter(line -> line.contains(label))
            .mapToLong(Metrics::value)
            .toArray();
    assertThat(values).as(name).isNotEmpty();
    return Arrays.stream(values).sum();
  }

  private static long value(String line) {
    return (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }

  /// How many events were counted where they come in and not where they end, the tables and the
  /// journal; at a quiet moment of a server whose journal was empty when it started, none.
  long unaccounted() {
    return sum("hooklake_events_accepted_total", "")
        + sum("hooklake_events_added_total", "")
        - sum("hooklake_lake_rows_total", "table=\"webhook_landing\"")
        - sum("hooklake_lake_lag_records", "");
  }
}
