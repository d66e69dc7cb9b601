package dev.hooklake.lake;

import dev.hooklake.sources.event.Table;
import io.delta.kernel.Snapshot;
import io.delta.kernel.exceptions.CheckpointAlreadyExistsException;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Deletes what only older versions of a table refer to, at once instead of after the time they are
/// kept for: data files that were taken away, files that were never committed, the log before the
/// newest version.
///
/// A file that no version ever had may be one that another writer is about to commit. It goes when
/// it is an hour old, or left by an earlier run on our journal; younger ones are counted.
final class Purge {
  private static final Duration ABOUT_TO_COMMIT = Duration.ofHours(1);

  private final LakeAccess lake;
  private final Table table;

  Purge(LakeAccess lake, Table table) {
    this.lake = lake;
    this.table = table;
  }

  Purged run() throws IOException {
    // Listed first: what is committed between the two looks must not seem uncommitted.
    List<FileStatus> files = new TableDirectory(lake, lake.path(table.path())).dataFiles();
    Optional<Snapshot> snapshot = lake.newest(table);
    if (snapshot.isEmpty()) {
      return new Purged(0, files.size());
    }
    Set<String> held = new HashSet<>();
    for (AddFile file : KernelActions.files(snapshot.get(), lake.engine())) {
      held.add(TableDirectory.name(KernelActions.path(snapshot.get(), file)));
    }
    Set<String> known = new HeldFiles(lake, snapshot.get()).names();
    int deleted = 0;
    int spared = 0;
    for (FileStatus file : files) {
      String name = TableDirectory.name(file.getPath());
      boolean mayGo = known.contains(name) || isLeftOver(file, name);
      if (!held.contains(name) && mayGo) {
        lake.engine().getFileSystemClient().delete(file.getPath());
        deleted++;
      } else if (!held.contains(name)) {
        spared++;
      }
    }
    forgetLog(snapshot.get());
    return new Purged(deleted, spared);
  }

  private boolean isLeftOver(FileStatus file, String name) {
    Instant young = lake.clock().instant().minus(ABOUT_TO_COMMIT);
    return lake.writer().isFromEarlierRun(name)
        || file.getModificationTime() < young.toEpochMilli();
  }

  /// Earlier commits name the smallest and largest values of files that are gone.
  private void forgetLog(Snapshot snapshot) throws IOException {
    try {
      snapshot.writeCheckpoint(lake.engine());
    } catch (CheckpointAlreadyExistsException e) {
      // It is as good as ours.
    } catch (RuntimeException e) {
      throw StorageFailure.asIo("writing a checkpoint of " + table.name(), e);
    }
    new LogCleanup(lake, table, Duration.ZERO).step();
  }
}
