package dev.hooklake.lake;

import dev.hooklake.sources.event.Table;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.types.StructType;
import java.io.IOException;
import java.util.BitSet;
import java.util.Optional;

/// Takes the rows of some events out of a table, file by file.
final class RowRemoval {
  /// The log has times in milliseconds, the files in microseconds.
  private static final long ROUNDING_MICROS = 1_000;

  private static final String SOURCE = "source";
  private static final String RECEIVED_AT = "received_at";

  private final Snapshot snapshot;
  private final Replacement replacement;
  private final FileRows files;
  private final String keyColumn;

  RowRemoval(LakeAccess lake, Snapshot snapshot, Table table, Replacement replacement) {
    this.snapshot = snapshot;
    this.replacement = replacement;
    files = new FileRows(lake, snapshot);
    keyColumn = keyColumn(table);
  }

  /// Where a table has the key of the event that a row came from.
  static String keyColumn(Table table) {
    return table.has("event_key") ? "event_key" : "event_id";
  }

  /// Returns how many rows go.
  long from(AddFile file, FileRewrite rewrite) throws IOException {
    StructType schema = snapshot.getSchema();
    var columns =
        new StructType()
            .add(schema.get(SOURCE))
            .add(schema.get(keyColumn))
            .add(schema.get(RECEIVED_AT));
    return mayHold(file) ? files.remove(rewrite, file, columns, this::going) : 0;
  }

  private boolean mayHold(AddFile file) {
    Optional<DataFileStatistics> statistics = file.getStats(snapshot.getSchema());
    var received = new Column(RECEIVED_AT);
    long smallest =
        micros(statistics.map(DataFileStatistics::getMinValues).map(min -> min.get(received)))
            .orElse(Long.MIN_VALUE);
    long largest =
        micros(statistics.map(DataFileStatistics::getMaxValues).map(max -> max.get(received)))
            .orElse(Long.MAX_VALUE);
    return smallest <= RowVector.micros(replacement.to())
        && largest >= RowVector.micros(replacement.from()) - ROUNDING_MICROS;
  }

  private static Optional<Long> micros(Optional<Literal> statistic) {
    return statistic.map(Literal::getValue).map(Long.class::cast);
  }

  private BitSet going(ColumnarBatch batch) {
    ColumnVector sources = FileRows.column(batch, SOURCE);
    ColumnVector keys = FileRows.column(batch, keyColumn);
    ColumnVector received = FileRows.column(batch, RECEIVED_AT);
    long from = RowVector.micros(replacement.from());
    long to = RowVector.micros(replacement.to());
    var going = new BitSet(batch.getSize());
    for (int row = 0; row < batch.getSize(); row++) {
      boolean inTime =
          !received.isNullAt(row) && received.getLong(row) >= from && received.getLong(row) <= to;
      going.set(
          row,
          inTime
              && replacement
                  .keys()
                  .contains(
                      new Replacement.Key(FileRows.text(sources, row), FileRows.text(keys, row))));
    }
    return going;
  }
}
