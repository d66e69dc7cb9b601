package dev.hooklake.sources.generic;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// How an event becomes a row.
///
/// @param channel the label of the table's channel, such as `email`
/// @param columns further columns by name
record RowRules(
    ValueRule channel,
    ValueRule objectType,
    ValueRule metric,
    TimeRule time,
    Map<String, ValueRule> columns) {

  /// Columns that the source fills itself.
  static final Set<String> FIXED =
      Set.of(
          "event_id",
          "source",
          "object_type",
          "metric",
          "timestamp",
          "occurred_at",
          "received_at",
          "processed_at",
          "is_machine",
          "extra",
          "event_date");

  RowRules {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /// The names of the headers that rows are made from, and the content type.
  Set<String> headersRead() {
    var names = new TreeSet<String>(Set.of("content-type"));
    Stream.concat(Stream.of(channel, objectType, metric, time.from()), columns.values().stream())
        .flatMap(rule -> rule.from().stream())
        .filter(Origin.Header.class::isInstance)
        .forEach(origin -> names.add(((Origin.Header) origin).name()));
    return names;
  }
}
