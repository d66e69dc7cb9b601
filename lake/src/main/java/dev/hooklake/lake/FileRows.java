package dev.hooklake.lake;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.Function;

/// Reads data files of one version of a table, one small batch of rows at a time.
record FileRows(LakeAccess lake, Snapshot snapshot) {

  CloseableIterator<ColumnarBatch> read(AddFile file, StructType schema) throws IOException {
    FileStatus status =
        FileStatus.of(
            KernelActions.path(snapshot, file), file.getSize(), file.getModificationTime());
    return lake.engine()
        .getParquetHandler()
        .readParquetFiles(Utils.singletonCloseableIterator(status), schema, Optional.empty())
        .map(FileReadResult::getData);
  }

  /// Takes rows out of a file: what stays of it is copied as it is, also columns that are not ours;
  /// a file without such a row is not touched. Returns how many rows went.
  ///
  /// @param columns what `going` looks at
  /// @param going which rows of a batch go
  long remove(
      FileRewrite rewrite, AddFile file, StructType columns, Function<ColumnarBatch, BitSet> going)
      throws IOException {
    TableFiles.requireWhole(snapshot, file);
    long all = 0;
    long gone = 0;
    try (CloseableIterator<ColumnarBatch> batches = read(file, columns)) {
      while (batches.hasNext()) {
        ColumnarBatch batch = batches.next();
        all += batch.getSize();
        gone += going.apply(batch).cardinality();
      }
    }
    if (gone > 0) {
      rewrite.remove(file);
    }
    if (gone > 0 && gone < all) {
      try (CloseableIterator<FilteredColumnarBatch> staying =
          read(file, KernelActions.fileSchema(snapshot)).map(batch -> without(batch, going))) {
        rewrite.write(file, staying);
      }
    }
    return gone;
  }

  private static FilteredColumnarBatch without(
      ColumnarBatch batch, Function<ColumnarBatch, BitSet> going) {
    BitSet staying = going.apply(batch);
    staying.flip(0, batch.getSize());
    return Selection.of(batch, staying);
  }

  static ColumnVector column(ColumnarBatch batch, String name) {
    return batch.getColumnVector(batch.getSchema().indexOf(name));
  }

  /// Empty where the row has no value.
  static String text(ColumnVector column, int row) {
    return column.isNullAt(row) ? "" : column.getString(row);
  }
}
