package dev.hooklake.lake;

import dev.hooklake.lake.TableSnapshot.DataFile;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.ScanImpl;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Lists the data files of a snapshot as paths that other engines open.
final class TableFiles {
  private static final long UNKNOWN_ROWS = -1;

  private TableFiles() {}

  static List<DataFile> of(Snapshot snapshot, Engine engine) throws IOException {
    var files = new ArrayList<DataFile>();
    ScanImpl scan = (ScanImpl) snapshot.getScanBuilder().build();
    try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine, true)) {
      while (batches.hasNext()) {
        addAll(files, batches.next(), snapshot.getPath());
      }
    }
    return files;
  }

  private static void addAll(List<DataFile> files, FilteredColumnarBatch batch, String table)
      throws IOException {
    try (CloseableIterator<Row> rows = batch.getRows()) {
      while (rows.hasNext()) {
        files.add(file(rows.next(), table));
      }
    }
  }

  private static DataFile file(Row scanned, String table) {
    var added = new AddFile(scanned.getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL));
    if (added.getDeletionVector().isPresent()) {
      throw new TableRefused(
          table + " marks rows as deleted beside its files; run REORG TABLE ... APPLY (PURGE)");
    }
    Map<String, String> partition = InternalScanFileUtils.getPartitionValues(scanned);
    return new DataFile(
        openable(InternalScanFileUtils.getAddFileStatus(scanned).getPath()),
        added.getSize(),
        added.getNumRecords().orElse(UNKNOWN_ROWS),
        String.join("/", partition.values().stream().map(String::valueOf).toList()));
  }

  /// Local files as plain paths, others as URIs.
  private static String openable(String path) {
    return path.startsWith("file:") ? LocalStorage.local(path).toString() : path;
  }
}
