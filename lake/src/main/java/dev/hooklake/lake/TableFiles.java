package dev.hooklake.lake;

import dev.hooklake.lake.TableSnapshot.DataFile;
import io.delta.kernel.Snapshot;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.actions.AddFile;
import java.io.IOException;
import java.util.List;

/// Lists the data files of a snapshot as paths that other engines open.
final class TableFiles {
  private static final long UNKNOWN_ROWS = -1;

  private TableFiles() {}

  static List<DataFile> of(Snapshot snapshot, Engine engine) throws IOException {
    return KernelActions.files(snapshot, engine).stream()
        .map(file -> dataFile(snapshot, file))
        .toList();
  }

  /// For those who read files without asking Kernel which rows still count.
  static void requireWhole(Snapshot snapshot, AddFile file) {
    if (file.getDeletionVector().isPresent()) {
      throw new TableRefused(
          snapshot.getPath()
              + " marks rows as deleted beside its files; run REORG TABLE ... APPLY (PURGE)");
    }
  }

  private static DataFile dataFile(Snapshot snapshot, AddFile file) {
    requireWhole(snapshot, file);
    return new DataFile(
        openable(KernelActions.path(snapshot, file)),
        file.getSize(),
        file.getNumRecords().orElse(UNKNOWN_ROWS),
        KernelActions.partition(file));
  }

  /// Local files as plain paths, others as URIs.
  static String openable(String path) {
    return path.startsWith("file:") ? LocalStorage.local(path).toString() : path;
  }
}
