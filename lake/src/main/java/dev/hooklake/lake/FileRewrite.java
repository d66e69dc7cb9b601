package dev.hooklake.lake;

import dev.hooklake.sources.event.Row;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Transaction;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultParquetHandler;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Files that go out of a table and files that come in, all in one commit.
///
/// New files are written as they are added and belong to the table only after the commit. It is
/// made on top of one snapshot; rows that others append meanwhile stay, but when another writer
/// takes away a file that goes, or changes the schema, the commit fails and a new rewrite must be
/// made.
final class FileRewrite {
  private final LakeAccess lake;
  private final Transaction transaction;
  private final boolean dataChange;
  private final NamedOutput output;
  private final List<io.delta.kernel.data.Row> actions = new ArrayList<>();

  /// @param dataChange false when the same rows only move to other files
  FileRewrite(LakeAccess lake, Transaction transaction, boolean dataChange) {
    this.lake = lake;
    this.transaction = transaction;
    this.dataChange = dataChange;
    output = new NamedOutput(lake.engine().storage(), lake.writer());
  }

  void remove(AddFile file) {
    actions.add(KernelActions.remove(file, dataChange, lake.clock().instant()));
  }

  /// Writes the selected rows, at least one, to a new file in the partition of `neighbour`.
  void write(Snapshot snapshot, AddFile neighbour, CloseableIterator<FilteredColumnarBatch> rows)
      throws IOException {
    String path = KernelActions.path(snapshot, neighbour);
    String directory = path.substring(0, path.lastIndexOf('/'));
    List<Column> statistics =
        Statistics.columns(snapshot.getSchema(), Set.copyOf(snapshot.getPartitionColumnNames()));
    try (CloseableIterator<DataFileStatus> files =
        new DefaultParquetHandler(output).writeParquetFiles(directory, rows, statistics)) {
      while (files.hasNext()) {
        actions.add(KernelActions.add(snapshot, neighbour, files.next(), dataChange));
      }
    }
  }

  /// Writes rows that the table did not have; only where data changes.
  void add(List<Row> rows) throws IOException {
    actions.addAll(PartitionFiles.write(lake.engine(), output, transaction, rows));
  }

  boolean isEmpty() {
    return actions.isEmpty();
  }

  void commit() {
    CloseableIterable<io.delta.kernel.data.Row> all =
        CloseableIterable.inMemoryIterable(Utils.toCloseableIterator(actions.iterator()));
    transaction.commit(lake.engine(), all);
  }

  /// Whether the table got the new files after all, when the answer to the commit was lost.
  boolean isIn(Snapshot later) throws IOException {
    Set<String> names =
        output.written().stream()
            .map(path -> path.substring(path.lastIndexOf('/') + 1))
            .collect(Collectors.toSet());
    return !names.isEmpty() && KernelActions.fileNames(later, lake.engine()).containsAll(names);
  }

  /// Deletes the new files; only when it is certain that the table will never refer to them.
  void discard() {
    output.deleteAll();
  }
}
