package dev.hooklake.server.erasure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Files that a repair of the journal has set aside. They cannot be read record by record, so they
/// are searched as bytes, and one that names the person goes as a whole.
record DamagedCopies(Path directory) {
  private static final int CHUNK_BYTES = 1 << 20;

  /// Longer than any identifier, however it is escaped.
  private static final int OVERLAP_BYTES = 8 << 10;

  int deleteThose(Predicate<byte[]> names) throws IOException {
    int deleted = 0;
    for (Path file : files()) {
      if (isNamedIn(file, names)) {
        Files.delete(file);
        deleted++;
      }
    }
    return deleted;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static boolean isNamedIn(Path file, Predicate<byte[]> names) throws IOException {
    byte[] window = new byte[OVERLAP_BYTES + CHUNK_BYTES];
    int kept = 0;
    try (InputStream in = Files.newInputStream(file)) {
      int read = in.readNBytes(window, kept, CHUNK_BYTES);
      while (read > 0) {
        int filled = kept + read;
        if (names.test(Arrays.copyOf(window, filled))) {
          return true;
        }
        kept = Math.min(OVERLAP_BYTES, filled);
        System.arraycopy(window, filled - kept, window, 0, kept);
        read = in.readNBytes(window, kept, CHUNK_BYTES);
      }
    }
    return false;
  }
}
