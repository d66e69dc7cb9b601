package dev.hooklake.lake;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.ScanImpl;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.fs.Path;
import io.delta.kernel.internal.util.InternalUtils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads and makes the lines of a table's log, for which Kernel has no public way.
final class KernelActions {
  private static final StructType ACTIONS = SingleAction.CHECKPOINT_SCHEMA;

  private KernelActions() {}

  /// The data files of a snapshot, with their statistics.
  static List<AddFile> files(Snapshot snapshot, Engine engine) throws IOException {
    var files = new ArrayList<AddFile>();
    ScanImpl scan = (ScanImpl) snapshot.getScanBuilder().build();
    try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine, true)) {
      while (batches.hasNext()) {
        for (Row file : rows(batches.next())) {
          files.add(new AddFile(file.getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL)));
        }
      }
    }
    return files;
  }

  /// Names of the files that the table holds, or held within the time it keeps deleted ones.
  static Set<String> fileNames(Snapshot snapshot, Engine engine) throws IOException {
    var names = new HashSet<String>();
    try (CloseableIterator<FilteredColumnarBatch> batches =
        snapshot.getCreateCheckpointIterator(engine)) {
      while (batches.hasNext()) {
        for (Row action : rows(batches.next())) {
          addName(names, action, ACTIONS.indexOf("add"));
          addName(names, action, ACTIONS.indexOf("remove"));
        }
      }
    }
    return names;
  }

  /// Where a file is, as Kernel writes paths.
  static String path(Snapshot snapshot, AddFile file) {
    return new Path(new Path(snapshot.getPath()), new Path(URI.create(file.getPath()))).toString();
  }

  static Row remove(AddFile file, boolean dataChange, Instant now) {
    return SingleAction.createRemoveFileSingleAction(
        file.toRemoveFileRow(dataChange, Optional.of(now.toEpochMilli())));
  }

  /// A new file in the same partition as `neighbour`.
  static Row add(Snapshot snapshot, AddFile neighbour, DataFileStatus file, boolean dataChange) {
    Path relative =
        InternalUtils.relativizePath(
            new Path(file.getPath()), new Path(snapshot.getPath()).toUri());
    return SingleAction.createAddFileSingleAction(
        AddFile.createAddFileRow(
            snapshot.getMetadata().getPhysicalSchema(),
            relative.toUri().toString(),
            neighbour.getPartitionValues(),
            file.getSize(),
            file.getModificationTime(),
            dataChange,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            file.getStatistics()));
  }

  private static List<Row> rows(FilteredColumnarBatch batch) {
    return batch.getRows().toInMemoryList();
  }

  private static void addName(Set<String> names, Row action, int kind) {
    if (!action.isNullAt(kind)) {
      Row file = action.getStruct(kind);
      names.add(new Path(file.getString(file.getSchema().indexOf("path"))).getName());
    }
  }
}
