package dev.hooklake.journal.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A directory tree as crash-safe code must see it: neither bytes nor names are safe before their
/// `sync`.
///
/// Bytes written to a file survive a crash after [DiskFile#sync]; a file's creation, renaming or
/// deletion survives after [#syncDirectory] of its directory.
public interface Disk {

  /// A new, empty file to write; one of that name is emptied.
  DiskFile create(Path file) throws IOException;

  /// An existing file to read and write.
  DiskFile open(Path file) throws IOException;

  /// An existing file, only to read.
  DiskFile openToRead(Path file) throws IOException;

  /// The plain files in the directory, in the order of their names; none when it does not exist.
  List<Path> list(Path directory) throws IOException;

  /// Makes the directory and its parents where they are missing, safe from a crash.
  void createDirectories(Path directory) throws IOException;

  /// Atomically puts `from` in the place of `to`.
  void rename(Path from, Path to) throws IOException;

  /// Nothing happens when there is no such file.
  void delete(Path file) throws IOException;

  void syncDirectory(Path directory) throws IOException;

  /// Holds the file's lock until closed; fails when anyone holds it, in this process or another.
  DiskLock lock(Path file) throws IOException;
}
