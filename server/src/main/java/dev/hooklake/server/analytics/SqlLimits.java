package dev.hooklake.server.analytics;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How much of the machine one query may take.
///
/// @param spill where it goes on beyond its memory, up to 4 GiB and as far as the disk has room, in
///   a directory of its own; null lets it fail with a message
public record SqlLimits(int threads, int memoryMebibytes, @Nullable Path spill) {
  public SqlLimits {
    if (threads < 1 || memoryMebibytes < 16) {
      throw new IllegalArgumentException("a query needs at least 1 thread and 16 MiB");
    }
  }

  /// Beyond its memory it fails.
  public SqlLimits(int threads, int memoryMebibytes) {
    this(threads, memoryMebibytes, null);
  }
}
