package dev.hooklake.lake;

import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// Room on this machine for files under way. What is in it may be deleted at any time: the work it
/// belongs to fails and is done again.
final class Scratch {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Path directory;
  private final String run;
  private final AtomicInteger folders = new AtomicInteger();

  /// @param run tells the folders of this process from those of others
  Scratch(Path directory, String run) {
    this.directory = directory;
    this.run = run;
  }

  /// Deletes what killed processes left in it.
  static void clear(Path directory) throws IOException {
    delete(directory);
  }

  /// A new folder, gone when it is closed.
  Folder folder() throws IOException {
    Path path = directory.resolve(run + "-" + folders.incrementAndGet());
    Files.createDirectories(path);
    if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(path, OWNER_ONLY);
    }
    return new Folder(path);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> tree = Files.walk(directory)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException e) {
      // There is nothing to delete.
    }
  }

  record Folder(Path path) implements AutoCloseable {
    /// A file of the lake where DuckDB can open it: itself when it is on this machine, else a copy.
    Path local(LakeAccess lake, String file, long bytes) throws IOException {
      if (file.startsWith("file:")) {
        return LocalStorage.local(file);
      }
      Path copy = path.resolve(file.substring(file.lastIndexOf('/') + 1));
      try (SeekableInputStream remote =
          lake.engine().storage().newInputFile(file, bytes).newStream()) {
        Files.copy(remote, copy);
      }
      return copy;
    }

    @Override
    public void close() throws IOException {
      delete(path);
    }
  }
}
