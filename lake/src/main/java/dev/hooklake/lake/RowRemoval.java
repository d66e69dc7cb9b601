package dev.hooklake.lake;

import dev.hooklake.sources.event.Table;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.util.BitSet;
import java.util.Optional;

/// Takes the rows of some events out of a table, file by file: a file without such a row is not
/// touched, and of the others what remains is copied as it is, also columns that are not ours.
/// Holds one small batch of rows at a time.
final class RowRemoval {
  /// The log has times in milliseconds, the files in microseconds.
  private static final long ROUNDING_MICROS = 1_000;

  private static final String SOURCE = "source";
  private static final String RECEIVED_AT = "received_at";

  private final LakeAccess lake;
  private final Snapshot snapshot;
  private final Replacement replacement;
  private final String keyColumn;

  RowRemoval(LakeAccess lake, Snapshot snapshot, Table table, Replacement replacement) {
    this.lake = lake;
    this.snapshot = snapshot;
    this.replacement = replacement;
    keyColumn = table.positions().containsKey("event_key") ? "event_key" : "event_id";
  }

  /// Returns how many rows go.
  long from(AddFile file, FileRewrite rewrite) throws IOException {
    if (!mayHold(file)) {
      return 0;
    }
    TableFiles.requireWhole(snapshot, file);
    Count count = count(file);
    if (count.going == 0) {
      return 0;
    }
    rewrite.remove(file);
    if (count.going < count.all) {
      try (CloseableIterator<FilteredColumnarBatch> staying =
          read(file, fileSchema()).map(this::withoutGoing)) {
        rewrite.write(snapshot, file, staying);
      }
    }
    return count.going;
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

  private Count count(AddFile file) throws IOException {
    StructType schema = snapshot.getSchema();
    var keys =
        new StructType()
            .add(schema.get(SOURCE))
            .add(schema.get(keyColumn))
            .add(schema.get(RECEIVED_AT));
    var count = new Count();
    try (CloseableIterator<ColumnarBatch> batches = read(file, keys)) {
      while (batches.hasNext()) {
        ColumnarBatch batch = batches.next();
        count.all += batch.getSize();
        count.going += going(batch).cardinality();
      }
    }
    return count;
  }

  private FilteredColumnarBatch withoutGoing(ColumnarBatch batch) {
    BitSet staying = going(batch);
    staying.flip(0, batch.getSize());
    return Selection.of(batch, staying);
  }

  private BitSet going(ColumnarBatch batch) {
    ColumnVector sources = column(batch, SOURCE);
    ColumnVector keys = column(batch, keyColumn);
    ColumnVector received = column(batch, RECEIVED_AT);
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
                  .contains(new Replacement.Key(text(sources, row), text(keys, row))));
    }
    return going;
  }

  private static String text(ColumnVector column, int row) {
    return column.isNullAt(row) ? "" : column.getString(row);
  }

  private static ColumnVector column(ColumnarBatch batch, String name) {
    return batch.getColumnVector(batch.getSchema().indexOf(name));
  }

  private StructType fileSchema() {
    var schema = new StructType();
    for (StructField field : snapshot.getSchema().fields()) {
      if (!snapshot.getPartitionColumnNames().contains(field.getName())) {
        schema = schema.add(field);
      }
    }
    return schema;
  }

  private CloseableIterator<ColumnarBatch> read(AddFile file, StructType schema)
      throws IOException {
    FileStatus status =
        FileStatus.of(
            KernelActions.path(snapshot, file), file.getSize(), file.getModificationTime());
    return lake.engine()
        .getParquetHandler()
        .readParquetFiles(Utils.singletonCloseableIterator(status), schema, Optional.empty())
        .map(FileReadResult::getData);
  }

  private static final class Count {
    private long all;
    private long going;
  }
}
