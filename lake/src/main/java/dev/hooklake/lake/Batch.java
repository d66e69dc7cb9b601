package dev.hooklake.lake;

import dev.hooklake.sources.event.Row;
import java.util.List;

/// What one round of commits puts into the lake: the rows derived from the journal records
/// `firstSequence` to `lastSequence`, in order.
public record Batch(long firstSequence, long lastSequence, List<SequencedRow> rows) {
  public Batch {
    rows = List.copyOf(rows);
  }

  /// A row and the journal sequence it came from; one sequence gives a landing row and a typed or
  /// quarantine row.
  public record SequencedRow(long sequence, Row row) {}
}
