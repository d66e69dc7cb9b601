package dev.hooklake.lake;

import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes what earlier runs on our journal wrote and never committed.
///
/// Spared are files of other writers (told by name), files of this run, and files that the table
/// holds or held until lately: those a reader of an older version may still need. Without a table
/// nothing is deleted, since its log may only be out of sight.
final class Orphans {
  private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);

  /// Sorts before every name that a table has in its directories.
  private static final String FIRST = "/!";

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
      Snapshot snapshot = TableManager.loadSnapshot(table).build(lake.engine());
      known = KernelActions.fileNames(snapshot, lake.engine());
    } catch (TableNotFoundException e) {
      return;
    }
    int deleted = 0;
    for (FileStatus file : candidates) {
      deleted += !known.contains(name(file.getPath())) && delete(file) ? 1 : 0;
    }
    if (deleted > 0) {
      LOG.info("deleted {} files that an earlier run left uncommitted in {}", deleted, table);
    }
  }

  private List<FileStatus> candidates() throws IOException {
    var candidates = new ArrayList<FileStatus>();
    for (String directory : directories()) {
      list(directory).stream().filter(this::isFromEarlierRun).forEach(candidates::add);
    }
    return candidates;
  }

  /// The log, which may hold half-written commits, and the partitions.
  private List<String> directories() throws IOException {
    var directories = new ArrayList<String>();
    directories.add(table + "/_delta_log");
    for (FileStatus entry : list(table)) {
      if (name(entry.getPath()).contains("=")) {
        directories.add(entry.getPath());
      }
    }
    return directories;
  }

  private List<FileStatus> list(String directory) throws IOException {
    try (CloseableIterator<FileStatus> files =
        lake.engine().getFileSystemClient().listFrom(directory + FIRST)) {
      return files.toInMemoryList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  private boolean isFromEarlierRun(FileStatus file) {
    boolean arrived =
        lake.settles()
            || file.getModificationTime() < lake.clock().instant().minus(ARRIVAL).toEpochMilli();
    return arrived && lake.writer().isFromEarlierRun(name(file.getPath()));
  }

  private boolean delete(FileStatus file) throws IOException {
    return lake.engine().getFileSystemClient().delete(file.getPath());
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
