package dev.hooklake.lake;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.actions.RemoveFile;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.fs.Path;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Names of the data files that a table holds, and of those that it held and whose removal its log
/// still tells.
///
/// A checkpoint that Kernel writes tells only of files removed since the checkpoint before it: what
/// that one told is not handed on. So all checkpoints in the log are asked, which stay there for as
/// long as older versions are kept.
record HeldFiles(LakeAccess lake, Snapshot snapshot) {
  private static final StructType ACTIONS = SingleAction.CHECKPOINT_SCHEMA;
  private static final StructType REMOVED =
      new StructType()
          .add(
              "remove",
              new StructType()
                  .add("path", StringType.STRING)
                  .add("deletionTimestamp", LongType.LONG));
  private static final Pattern CHECKPOINT =
      Pattern.compile("\\d{20}\\.checkpoint(\\.\\d+\\.\\d+)?\\.parquet");

  /// All that the log tells of.
  Set<String> names() throws IOException {
    return namesSince(Instant.EPOCH);
  }

  /// Those of the newest version, and those that were removed at `since` or later.
  Set<String> namesSince(Instant since) throws IOException {
    var names = new HashSet<String>();
    addNewest(names, since);
    for (FileStatus entry : new TableDirectory(lake, snapshot.getPath()).log()) {
      if (CHECKPOINT.matcher(TableDirectory.name(entry.getPath())).matches()) {
        addRemoved(names, entry, since);
      }
    }
    return names;
  }

  /// What the newest version holds, and what was removed since the last checkpoint.
  private void addNewest(Set<String> names, Instant since) throws IOException {
    int add = ACTIONS.indexOf("add");
    int remove = ACTIONS.indexOf("remove");
    try (CloseableIterator<FilteredColumnarBatch> batches =
        snapshot.getCreateCheckpointIterator(lake.engine())) {
      while (batches.hasNext()) {
        for (Row action : rows(batches.next())) {
          if (!action.isNullAt(add)) {
            names.add(name(action.getStruct(add)));
          }
          if (!action.isNullAt(remove) && !removedBefore(action.getStruct(remove), since)) {
            names.add(name(action.getStruct(remove)));
          }
        }
      }
    }
  }

  private void addRemoved(Set<String> names, FileStatus checkpoint, Instant since)
      throws IOException {
    try (CloseableIterator<ColumnarBatch> batches =
        lake.engine()
            .getParquetHandler()
            .readParquetFiles(
                Utils.singletonCloseableIterator(checkpoint), REMOVED, Optional.empty())
            .map(FileReadResult::getData)) {
      while (batches.hasNext()) {
        addRemoved(names, batches.next().getColumnVector(0), since);
      }
    }
  }

  private static void addRemoved(Set<String> names, ColumnVector removed, Instant since) {
    ColumnVector paths = removed.getChild(0);
    ColumnVector times = removed.getChild(1);
    for (int row = 0; row < removed.getSize(); row++) {
      boolean tells = !removed.isNullAt(row) && !paths.isNullAt(row);
      if (tells && (times.isNullAt(row) || times.getLong(row) >= since.toEpochMilli())) {
        names.add(name(paths.getString(row)));
      }
    }
  }

  private static boolean removedBefore(Row removed, Instant since) {
    return new RemoveFile(removed)
        .getDeletionTimestamp()
        .filter(millis -> millis < since.toEpochMilli())
        .isPresent();
  }

  private static List<Row> rows(FilteredColumnarBatch batch) {
    return batch.getRows().toInMemoryList();
  }

  private static String name(Row file) {
    return name(file.getString(file.getSchema().indexOf("path")));
  }

  private static String name(String path) {
    return new Path(URI.create(path)).getName();
  }
}
