package dev.hooklake.server.analytics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// What questions may take of a disk.
final class DiskRoom {
  /// Left free for the journal, which may be on the same disk.
  private static final long RESERVE_BYTES = 1L << 30;

  private static final long LEAST_BYTES = 64L << 20;

  private static final long LEAST_SPILL_MEBIBYTES = 16;
  private static final long MOST_SPILL_MEBIBYTES = 4096;

  private DiskRoom() {}

  /// Bytes beyond what is left free; empty when they are too few to begin anything.
  static OptionalLong at(Path directory) throws IOException {
    long spare = Files.getFileStore(directory).getUsableSpace() - RESERVE_BYTES;
    return spare < LEAST_BYTES ? OptionalLong.empty() : OptionalLong.of(spare);
  }

  /// The statement that caps what a DuckDB spills, within 16 MiB and 4 GiB.
  static String spillAtMost(long bytes) {
    long mebibytes = Math.clamp(bytes >> 20, LEAST_SPILL_MEBIBYTES, MOST_SPILL_MEBIBYTES);
    return "SET max_temp_directory_size = '" + mebibytes + "MiB'";
  }
}
