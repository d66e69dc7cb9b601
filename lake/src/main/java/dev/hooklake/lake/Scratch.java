package dev.hooklake.lake;

import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Room on this machine for files under way. What is in it may be deleted at any time: the work it
/// belongs to fails and is done again.
final class Scratch {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  /// Running questions and merges may put something into a folder while it is being deleted.
  private static final int CLEARINGS = 5;

  private final Path directory;
  private final String run;
  private final AtomicInteger folders = new AtomicInteger();

  /// @param run tells the folders of this process from those of others
  Scratch(Path directory, String run) {
    this.directory = directory;
    this.run = run;
  }

  /// Deletes what is in it, of killed processes and of running ones.
  ///
  /// @throws IOException names the first of what cannot be deleted; everything else is
  static void clear(Path directory) throws IOException {
    var left = new ArrayList<String>();
    int clearings = 0;
    do {
      left.clear();
      empty(directory, left);
      clearings++;
    } while (!left.isEmpty() && clearings < CLEARINGS);
    if (!left.isEmpty()) {
      throw new IOException(
          "%s cannot be deleted; it may hold rows of anybody, so delete it by hand (%d such in %s)"
              .formatted(left.getFirst(), left.size(), directory));
    }
  }

  private static void empty(Path directory, List<String> left) throws IOException {
    try {
      // It may be a link to a larger disk.
      Path kept = directory.toRealPath();
      Files.walkFileTree(kept, new Deletion(kept, left));
    } catch (NoSuchFileException e) {
      // There is nothing to delete.
    }
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

  /// Goes on behind what it cannot delete, and does not mind what others delete meanwhile.
  private static final class Deletion extends SimpleFileVisitor<Path> {
    private final Path kept;
    private final List<String> left;

    /// @param kept the directory that is emptied only
    Deletion(Path kept, List<String> left) {
      this.kept = kept;
      this.left = left;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      return delete(file);
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      if (!(e instanceof NoSuchFileException)) {
        left.add(file + " (" + e.getClass().getSimpleName() + ")");
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
      if (e != null) {
        left.add(directory + " (" + e.getClass().getSimpleName() + ")");
      }
      return directory.equals(kept) ? FileVisitResult.CONTINUE : delete(directory);
    }

    private FileVisitResult delete(Path path) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        left.add(path + " (" + e.getClass().getSimpleName() + ")");
      }
      return FileVisitResult.CONTINUE;
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
      clear(path);
      Files.deleteIfExists(path);
    }
  }
}
