package dev.hooklake.server.analytics;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How much of the machine one query may take.
///
/// @param spill where it goes on beyond its memory, in a directory of its own: up to 4 GiB and a
///   quarter of what the disk has left when the tables are opened; null lets it fail with a message
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
