package dev.hooklake.lake;

import dev.hooklake.lake.MaintenanceStep.Vacuumed;
import dev.hooklake.sources.event.Table;
import io.delta.kernel.Snapshot;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds and deletes data files that the table has not referred to for a while: compacted, erased,
/// expired, or never committed.
///
/// A file counts as unneeded when the newest version does not hold it, was not without it only
/// since lately, and the file itself is as old; so readers of older versions finish, and what
/// another writer is about to commit is spared. Without a table nothing is deleted, since its log
/// may only be out of sight.
final class Vacuum {
  private final LakeAccess lake;
  private final Table table;
  private final TableDirectory directory;
  private final Duration keep;

  Vacuum(LakeAccess lake, Table table, Duration keep) {
    this.lake = lake;
    this.table = table;
    this.keep = keep;
    directory = new TableDirectory(lake, lake.path(table.path()));
  }

  /// Data files that may go now.
  List<FileStatus> unneeded() throws IOException {
    // Listed first: what is committed between the two looks must not seem uncommitted.
    Instant since = lake.clock().instant().minus(keep);
    List<FileStatus> files =
        directory.dataFiles().stream()
            .filter(file -> file.getModificationTime() < since.toEpochMilli())
            .toList();
    Optional<Snapshot> snapshot = files.isEmpty() ? Optional.empty() : lake.newest(table);
    if (snapshot.isEmpty()) {
      return List.of();
    }
    Set<String> needed = new HeldFiles(lake, snapshot.get()).namesSince(since);
    return files.stream()
        .filter(file -> !needed.contains(TableDirectory.name(file.getPath())))
        .toList();
  }

  /// Empty when there was nothing to delete.
  Optional<Vacuumed> step() throws IOException {
    List<FileStatus> unneeded = unneeded();
    for (FileStatus file : unneeded) {
      lake.engine().getFileSystemClient().delete(file.getPath());
    }
    return unneeded.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Vacuumed(
                table.name(),
                unneeded.size(),
                unneeded.stream().mapToLong(FileStatus::getSize).sum()));
  }
}
