package dev.hooklake.lake;

import io.delta.kernel.Snapshot;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes what earlier runs on our journal wrote and never committed.
///
/// Spared are files of other writers (told by name), files of this run, and files that the table
/// holds or held until lately: those a reader of an older version may still need. Without a table
/// nothing is deleted, since its log may only be out of sight.
final class Orphans {
  private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);

  /// How long a remote store may take to carry out a write whose sender is gone.
  private static final Duration ARRIVAL = Duration.ofHours(1);

  private final LakeAccess lake;
  private final String table;

  Orphans(LakeAccess lake, String table) {
    this.lake = lake;
    this.table = table;
  }

  void delete() throws IOException {
    // Listed first: what is committed between the two looks must not seem uncommitted.
    List<FileStatus> candidates = candidates();
    if (candidates.isEmpty()) {
      return;
    }
    Set<String> known;
    try {
      Snapshot snapshot = lake.engine().newest(table);
      known = new HeldFiles(lake, snapshot).names();
    } catch (TableNotFoundException e) {
      return;
    }
    int deleted = 0;
    for (FileStatus file : candidates) {
      deleted += !known.contains(TableDirectory.name(file.getPath())) && delete(file) ? 1 : 0;
    }
    if (deleted > 0) {
      LOG.info("deleted {} files that an earlier run left uncommitted in {}", deleted, table);
    }
  }

  /// In the partitions, and in the log, which may hold half-written commits.
  private List<FileStatus> candidates() throws IOException {
    var directory = new TableDirectory(lake, table);
    return Stream.concat(directory.log().stream(), directory.dataFiles().stream())
        .filter(this::isFromEarlierRun)
        .toList();
  }

  private boolean isFromEarlierRun(FileStatus file) {
    boolean arrived =
        lake.settles()
            || file.getModificationTime() < lake.clock().instant().minus(ARRIVAL).toEpochMilli();
    return arrived && lake.writer().isFromEarlierRun(TableDirectory.name(file.getPath()));
  }

  private boolean delete(FileStatus file) throws IOException {
    return lake.engine().getFileSystemClient().delete(file.getPath());
  }
}
