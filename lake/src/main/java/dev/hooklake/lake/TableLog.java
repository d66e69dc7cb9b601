package dev.hooklake.lake;

import io.delta.kernel.CommitActions;
import io.delta.kernel.CommitRange;
import io.delta.kernel.CommitRangeBuilder.CommitBoundary;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.DeltaLogActionUtils.DeltaAction;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.RemoveFile;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads from a table's log what each version did to the data files.
final class TableLog {
  private static final Set<DeltaAction> FILES = Set.of(DeltaAction.ADD, DeltaAction.REMOVE);

  private final Engine engine;
  private final String path;

  /// @param path of the table, as Kernel writes paths
  TableLog(Engine engine, String path) {
    this.engine = engine;
    this.path = path;
  }

  /// The versions from one to another, both included; Kernel's exception when one is not there.
  List<FileChange> changes(long from, long to) throws IOException {
    CommitRange range =
        TableManager.loadCommitRange(path, CommitBoundary.atVersion(from))
            .withEndBoundary(CommitBoundary.atVersion(to))
            .build(engine);
    var changes = new ArrayList<FileChange>();
    try (CloseableIterator<CommitActions> commits = range.getCommitActions(engine, FILES)) {
      while (commits.hasNext()) {
        changes.add(change(commits.next()));
      }
    }
    return List.copyOf(changes);
  }

  private FileChange change(CommitActions commit) throws IOException {
    var files = new Files();
    try (CloseableIterator<ColumnarBatch> batches = commit.getActions()) {
      while (batches.hasNext()) {
        ColumnarBatch batch = batches.next();
        files.take(column(batch, DeltaAction.ADD), AddFile.FULL_SCHEMA, files.added);
        files.take(column(batch, DeltaAction.REMOVE), RemoveFile.FULL_SCHEMA, files.removed);
      }
    }
    return new FileChange(commit.getVersion(), files.added, files.removed, files.sameRows);
  }

  private static ColumnVector column(ColumnarBatch batch, DeltaAction action) {
    return batch.getColumnVector(batch.getSchema().indexOf(action.colName));
  }

  /// The files of one version.
  private final class Files {
    private final List<String> added = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();
    private boolean sameRows = true;

    private void take(ColumnVector actions, StructType schema, List<String> files) {
      ColumnVector paths = actions.getChild(schema.indexOf("path"));
      ColumnVector dataChange = actions.getChild(schema.indexOf("dataChange"));
      for (int row = 0; row < actions.getSize(); row++) {
        if (!actions.isNullAt(row)) {
          files.add(TableFiles.openable(KernelActions.path(path, paths.getString(row))));
          sameRows &= !dataChange.getBoolean(row);
        }
      }
    }
  }
}
