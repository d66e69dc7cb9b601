package dev.hooklake.lake;

import dev.hooklake.lake.MaintenanceStep.LogCleaned;
import dev.hooklake.sources.event.Table;
import io.delta.kernel.internal.fs.Path;
import io.delta.kernel.internal.snapshot.MetadataCleanup;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Deletes commits, checkpoints and checksums that no version within the time needs: a later
/// checkpoint holds all of what they say.
final class LogCleanup {
  private static final Pattern COMMIT = Pattern.compile("\\d{20}\\.json");
  private static final Pattern CHECKSUM = Pattern.compile("\\d{20}\\.crc");

  private final LakeAccess lake;
  private final Table table;
  private final Duration keep;

  LogCleanup(LakeAccess lake, Table table, Duration keep) {
    this.lake = lake;
    this.table = table;
    this.keep = keep;
  }

  /// Empty when every entry is still needed.
  Optional<LogCleaned> step() throws IOException {
    var directory = new TableDirectory(lake, lake.path(table.path()));
    if (directory.log().isEmpty()) {
      return Optional.empty();
    }
    long deleted = commitsAndCheckpoints(directory) + checksums(directory.log());
    return deleted == 0 ? Optional.empty() : Optional.of(new LogCleaned(table.name(), deleted));
  }

  private long commitsAndCheckpoints(TableDirectory directory) throws IOException {
    try {
      return MetadataCleanup.cleanupExpiredLogs(
          lake.engine(), () -> lake.clock().millis(), new Path(directory.path()), keep.toMillis());
    } catch (RuntimeException e) {
      throw StorageFailure.asIo("cleaning the log of " + table.name(), e);
    }
  }

  /// Kernel leaves them behind.
  private long checksums(List<FileStatus> log) throws IOException {
    Optional<String> oldest =
        log.stream()
            .map(file -> TableDirectory.name(file.getPath()))
            .filter(COMMIT.asMatchPredicate())
            .map(LogCleanup::version)
            .findFirst();
    long deleted = 0;
    for (FileStatus file : log) {
      String name = TableDirectory.name(file.getPath());
      boolean checksum = CHECKSUM.matcher(name).matches();
      if (checksum && oldest.filter(kept -> version(name).compareTo(kept) < 0).isPresent()) {
        lake.engine().getFileSystemClient().delete(file.getPath());
        deleted++;
      }
    }
    return deleted;
  }

  /// With its zeros, so that versions are in the order of their texts.
  private static String version(String name) {
    return name.substring(0, name.indexOf('.'));
  }
}
