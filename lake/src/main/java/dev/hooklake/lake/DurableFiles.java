package dev.hooklake.lake;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Files and names that survive a power cut.
final class DurableFiles {
  private DurableFiles() {}

  /// Puts the contents of a file, or the entries of a directory, on disk.
  static void sync(Path fileOrDirectory) throws IOException {
    try (FileChannel channel = FileChannel.open(fileOrDirectory, READ)) {
      channel.force(true);
    }
  }

  /// Gives a synced file its final name in one step, or fails with `FileAlreadyExistsException`;
  /// the temporary name is gone either way.
  static void nameUnlessTaken(Path temporary, Path target) throws IOException {
    try {
      Files.createLink(target, temporary);
    } catch (UnsupportedOperationException e) {
      throw new IOException(
          "the lake needs a file system with hard links, which " + target + " is not on", e);
    } catch (FileAlreadyExistsException e) {
      throw new FileAlreadyExistsException(target.toString());
    } finally {
      Files.deleteIfExists(temporary);
    }
    sync(parent(target));
  }

  /// Puts a synced file in another's place in one step.
  static void replace(Path temporary, Path target) throws IOException {
    Files.move(temporary, target, ATOMIC_MOVE);
    sync(parent(target));
  }

  /// Creates what is missing below `root`, and never the root: when that is gone, a volume is not
  /// mounted, and starting an empty lake in its place would hide the real one.
  static void createDirectories(Path root, Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    if (directory.equals(root) || !directory.startsWith(root)) {
      throw new FileSystemException(
          directory.toString(), null, "the lake's root directory is gone; is its volume mounted?");
    }
    createDirectories(root, parent(directory));
    createUnlessThere(directory);
    sync(parent(directory));
  }

  static Path parent(Path file) throws NoSuchFileException {
    Path parent = file.getParent();
    if (parent == null) {
      throw new NoSuchFileException(file.toString());
    }
    return parent;
  }

  private static void createUnlessThere(Path directory) throws IOException {
    try {
      Files.createDirectory(directory);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory)) {
        throw e;
      }
    }
  }
}
