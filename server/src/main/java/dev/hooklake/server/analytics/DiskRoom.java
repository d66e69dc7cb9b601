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

  private DiskRoom() {}

  /// Bytes beyond what is left free; empty when they are too few to begin anything.
  static OptionalLong at(Path directory) throws IOException {
    long spare = Files.getFileStore(directory).getUsableSpace() - RESERVE_BYTES;
    return spare < LEAST_BYTES ? OptionalLong.empty() : OptionalLong.of(spare);
  }
}
