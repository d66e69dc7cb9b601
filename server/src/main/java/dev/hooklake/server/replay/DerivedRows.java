package dev.hooklake.server.replay;

import dev.hooklake.lake.Replacement;
import dev.hooklake.sources.event.Column;
import dev.hooklake.sources.event.Row;
import java.util.Objects;
import java.util.Set;

/// What is the same and what may differ between two derivations of one event.
final class DerivedRows {
  /// When a row was derived says nothing about the event.
  private static final Set<String> TIMES_OF_DERIVATION = Set.of("processed_at", "quarantined_at");

  private DerivedRows() {}

  static Replacement.Key key(Row row) {
    String column = row.table().positions().containsKey("event_key") ? "event_key" : "event_id";
    return new Replacement.Key((String) present(row, "source"), (String) present(row, column));
  }

  static boolean sayTheSame(Row one, Row other) {
    return one.table().equals(other.table())
        && one.table().columns().stream()
            .map(Column::name)
            .filter(name -> !TIMES_OF_DERIVATION.contains(name))
            .allMatch(name -> Objects.equals(one.value(name), other.value(name)));
  }

  static Object present(Row row, String column) {
    return Objects.requireNonNull(row.value(column), column);
  }
}
