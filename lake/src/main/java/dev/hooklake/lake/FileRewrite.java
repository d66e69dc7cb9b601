package dev.hooklake.lake;

import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.event.Table;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Transaction;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultParquetHandler;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Files that go out of a table and files that come in, all in one commit.
///
/// New files are written as they are added and belong to the table only after the commit. It is
/// made on top of one snapshot; rows that others append meanwhile stay, but when another writer
/// takes away a file that goes, or changes the schema, the commit fails and a new rewrite must be
/// made ([TableRewrite] does).
final class FileRewrite {
  private final LakeAccess lake;
  private final Basis basis;
  private final boolean dataChange;
  private final NamedOutput output;
  private final List<io.delta.kernel.data.Row> actions = new ArrayList<>();
  private final List<AddFile> removed = new ArrayList<>();
  private @Nullable Transaction transaction;

  /// @param dataChange false when the same rows only move to other files
  FileRewrite(LakeAccess lake, Basis basis, boolean dataChange) {
    this.lake = lake;
    this.basis = basis;
    this.dataChange = dataChange;
    output = new NamedOutput(lake.engine().storage(), lake.writer());
  }

  /// The table's files, none where there is no table yet.
  List<AddFile> files() throws IOException {
    Snapshot snapshot = basis.snapshot;
    return snapshot == null ? List.of() : KernelActions.files(snapshot, lake.engine());
  }

  /// The version that this is made on; only where the table has files.
  Snapshot snapshot() {
    return Objects.requireNonNull(basis.snapshot, "there is no table");
  }

  void remove(AddFile file) {
    removed.add(file);
    actions.add(KernelActions.remove(file, dataChange, lake.clock().instant()));
  }

  /// Writes the selected rows, at least one, to a new file in the partition of `neighbour`.
  void write(AddFile neighbour, CloseableIterator<FilteredColumnarBatch> rows) throws IOException {
    Snapshot snapshot = snapshot();
    try (CloseableIterator<DataFileStatus> files =
        new DefaultParquetHandler(output)
            .writeParquetFiles(
                KernelActions.directory(snapshot, neighbour), rows, Statistics.columns(snapshot))) {
      while (files.hasNext()) {
        actions.add(KernelActions.add(snapshot, neighbour, files.next(), dataChange));
      }
    }
  }

  /// Takes a Parquet file of this machine over, into the partition of `neighbour`.
  DataFileStatus take(AddFile neighbour, Path parquet) throws IOException {
    Snapshot snapshot = snapshot();
    DataFileStatus file =
        TakenFile.write(output, KernelActions.directory(snapshot, neighbour), parquet, snapshot);
    actions.add(KernelActions.add(snapshot, neighbour, file, dataChange));
    return file;
  }

  /// Writes rows that the table did not have; only where data changes.
  void add(List<Row> rows) throws IOException {
    actions.addAll(PartitionFiles.write(lake.engine(), output, transaction(), rows));
  }

  boolean isEmpty() {
    return actions.isEmpty();
  }

  /// The files that go, as the table has them.
  List<AddFile> removed() {
    return List.copyOf(removed);
  }

  TransactionCommitResult commit() {
    CloseableIterable<io.delta.kernel.data.Row> all =
        CloseableIterable.inMemoryIterable(Utils.toCloseableIterator(actions.iterator()));
    return transaction().commit(lake.engine(), all);
  }

  private Transaction transaction() {
    Transaction begun = transaction;
    if (begun == null) {
      begun = lake.transactions().rewrite(basis.path, basis.snapshot, basis.brought);
      transaction = begun;
    }
    return begun;
  }

  /// Whether the table got the new files after all, when the answer to the commit was lost.
  boolean isIn(Snapshot later) throws IOException {
    Set<String> names =
        output.written().stream()
            .map(path -> path.substring(path.lastIndexOf('/') + 1))
            .collect(Collectors.toSet());
    return !names.isEmpty() && new HeldFiles(lake, later).names().containsAll(names);
  }

  /// Deletes the new files; only when it is certain that the table will never refer to them.
  void discard() {
    output.deleteAll();
  }

  /// What a rewrite is made on.
  ///
  /// @param path of the table
  /// @param snapshot null when there is no table
  /// @param brought whose columns the table gets where it lacks them; null when rows only leave
  record Basis(String path, @Nullable Snapshot snapshot, @Nullable Table brought) {}
}
