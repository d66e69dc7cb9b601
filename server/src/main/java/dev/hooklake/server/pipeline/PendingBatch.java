package dev.hooklake.server.pipeline;

import dev.hooklake.journal.JournalRecord;
import dev.hooklake.lake.Batch;
import dev.hooklake.lake.Batch.SequencedRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows read since the last commit. Owned by the lake consumer's thread.
final class PendingBatch {
  private final List<SequencedRow> rows = new ArrayList<>();
  private long firstSequence;
  private long lastSequence;
  private int records;
  private long bytes;
  private @Nullable Instant startedAt;
  private @Nullable Instant oldestAppendedAt;

  void add(JournalRecord record, List<SequencedRow> derived, Instant readAt) {
    if (startedAt == null) {
      startedAt = readAt;
      oldestAppendedAt = record.appendedAt();
      firstSequence = record.sequence();
    }
    rows.addAll(derived);
    lastSequence = record.sequence();
    records++;
    bytes += DecodedSize.of(record, derived);
  }

  boolean isEmpty() {
    return startedAt == null;
  }

  int records() {
    return records;
  }

  List<SequencedRow> rows() {
    return rows;
  }

  /// As [DecodedSize] counts them.
  long bytes() {
    return bytes;
  }

  /// When its first record was read; null while it is empty.
  @Nullable Instant startedAt() {
    return startedAt;
  }

  /// When its first record was stored in the journal; null while it is empty.
  @Nullable Instant oldestAppendedAt() {
    return oldestAppendedAt;
  }

  Batch toBatch() {
    return new Batch(firstSequence, lastSequence, rows);
  }

  void clear() {
    rows.clear();
    records = 0;
    bytes = 0;
    startedAt = null;
    oldestAppendedAt = null;
  }
}
