package dev.hooklake.lake;

import dev.hooklake.sources.event.Row;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// What a table's rows of some events are to be from now on: rows that a mended decoder made again
/// from landing.
///
/// Every row of the table that was received within `from` and `to` (both included) and belongs to
/// one of `keys` goes; `rows` come. Doing it twice is the same as doing it once.
public record Replacement(Instant from, Instant to, Set<Key> keys, List<Row> rows) {
  public Replacement {
    if (from.isAfter(to)) {
      throw new IllegalArgumentException("from " + from + " is after to " + to);
    }
    keys = Set.copyOf(keys);
    rows = List.copyOf(rows);
  }

  /// One event: its source, and its key (`event_id` in channel tables, `event_key` elsewhere).
  public record Key(String source, String eventKey) {}

  /// How many rows went and came.
  public record Replaced(long removed, long added) {}
}
