package dev.hooklake.server.replay;

import dev.hooklake.lake.Lake;
import dev.hooklake.lake.Replacement;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.event.Table;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is to change in the tables for the events of one window.
final class WindowChanges {
  private final Map<Table, OfTable> tables = new LinkedHashMap<>();

  void add(Replacement.Key key, Row expected, List<Row> there) {
    OfTable target = tables.computeIfAbsent(expected.table(), _ -> new OfTable());
    target.keys.add(key);
    target.rows.add(expected);
    for (Row row : there) {
      tables.computeIfAbsent(row.table(), _ -> new OfTable()).keys.add(key);
    }
  }

  /// Rows come before others go: broken off in between, an event is in two tables until the next
  /// run, but never in none.
  void apply(Lake lake, ReplayRange window) throws IOException {
    for (boolean coming : new boolean[] {true, false}) {
      for (Map.Entry<Table, OfTable> table : tables.entrySet()) {
        if (coming != table.getValue().rows.isEmpty()) {
          lake.replace(table.getKey(), table.getValue().replacement(window));
        }
      }
    }
  }

  private static final class OfTable {
    private final Set<Replacement.Key> keys = new HashSet<>();
    private final List<Row> rows = new ArrayList<>();

    /// The lake's range includes its end, to the microsecond.
    Replacement replacement(ReplayRange window) {
      return new Replacement(window.from(), window.to().minus(1, ChronoUnit.MICROS), keys, rows);
    }
  }
}
