package dev.hooklake.lake;

import dev.hooklake.sources.event.Table;
import io.delta.kernel.Snapshot;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What a table consists of, in numbers.
///
/// @param days partitions of the newest version
/// @param smallFiles files under half the target size
/// @param rows -1 where the log does not say
/// @param olderFiles on disk for readers of older versions, or never committed
/// @param logEntries commits, checkpoints and checksums
public record TableShape(
    String table,
    long version,
    long days,
    int files,
    long smallFiles,
    long rows,
    long bytes,
    int olderFiles,
    long olderBytes,
    int logEntries) {

  static TableShape of(LakeAccess lake, Table table, Snapshot snapshot, long targetBytes)
      throws IOException {
    List<AddFile> files = KernelActions.files(snapshot, lake.engine());
    Set<String> held =
        files.stream()
            .map(file -> TableDirectory.name(KernelActions.path(snapshot, file)))
            .collect(Collectors.toSet());
    var directory = new TableDirectory(lake, lake.path(table.path()));
    List<FileStatus> older =
        directory.dataFiles().stream()
            .filter(file -> !held.contains(TableDirectory.name(file.getPath())))
            .toList();
    boolean counted = files.stream().allMatch(file -> file.getNumRecords().isPresent());
    return new TableShape(
        table.name(),
        snapshot.getVersion(),
        files.stream().map(KernelActions::partition).distinct().count(),
        files.size(),
        files.stream().filter(file -> file.getSize() < targetBytes / 2).count(),
        counted ? files.stream().mapToLong(file -> file.getNumRecords().orElse(0L)).sum() : -1,
        files.stream().mapToLong(AddFile::getSize).sum(),
        older.size(),
        older.stream().mapToLong(FileStatus::getSize).sum(),
        directory.log().size());
  }
}
