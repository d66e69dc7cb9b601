package dev.hooklake.server.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// Where journal and lake live unless told otherwise. Both hold what people wrote and where they
/// can be reached, so a new directory is its owner's alone; one that is there stays as it is.
final class DataDirectory {
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private DataDirectory() {}

  static void create(Path directory) throws IOException {
    boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (posix) {
      Files.createDirectories(directory, OWNER_ONLY);
    } else {
      Files.createDirectories(directory);
    }
    if (!Files.isWritable(directory)) {
      throw new IOException(
          "the data directory "
              + directory
              + " cannot be written; give it to the user that runs the server, or give another"
              + " directory as data");
    }
  }
}
