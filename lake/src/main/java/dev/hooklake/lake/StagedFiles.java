package dev.hooklake.lake;

import dev.hooklake.sources.event.Row;
import io.delta.kernel.Transaction;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterable;
import java.io.IOException;
import java.util.List;

/// Parquet files of an append that are on disk and not yet part of their table.
///
/// @param basis what the table was like when they were written
/// @param actions make the files part of the table
record StagedFiles(TableState basis, NamedOutput output, List<io.delta.kernel.data.Row> actions) {

  /// Writes and syncs the files; what was written before a failure is deleted.
  static StagedFiles write(
      LakeAccess lake, TableState basis, Transaction transaction, List<Row> rows)
      throws IOException {
    var output = new NamedOutput(lake.engine().storage(), lake.writer());
    boolean whole = false;
    try {
      List<io.delta.kernel.data.Row> actions =
          PartitionFiles.write(lake.engine(), output, transaction, rows);
      whole = true;
      return new StagedFiles(basis, output, actions);
    } finally {
      if (!whole) {
        output.deleteAll();
      }
    }
  }

  boolean fit(TableState state) {
    return state.takesFilesOf(basis);
  }

  /// Can be read again for another attempt.
  CloseableIterable<io.delta.kernel.data.Row> commitActions() {
    return CloseableIterable.inMemoryIterable(Utils.toCloseableIterator(actions.iterator()));
  }
}
