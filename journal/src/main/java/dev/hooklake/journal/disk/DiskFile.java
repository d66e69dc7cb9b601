package dev.hooklake.journal.disk;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// An open file. Used by one thread at a time.
public interface DiskFile extends Closeable {

  Path path();

  long size() throws IOException;

  /// Reads what is there at `position`, perhaps less than asked for; -1 at the end of the file.
  int read(ByteBuffer into, long position) throws IOException;

  /// Writes some of `from` at `position` and says how much.
  ///
  /// @throws DiskFullException when there is no room
  int write(ByteBuffer from, long position) throws IOException;

  void truncate(long size) throws IOException;

  /// Makes everything written so far survive a crash. After a failure nothing is known about any
  /// write since the last success, and trying again proves nothing.
  void sync() throws IOException;

  default void writeFully(ByteBuffer from, long position) throws IOException {
    long at = position;
    while (from.hasRemaining()) {
      int written = write(from, at);
      if (written <= 0) {
        throw new IOException("wrote nothing of " + from.remaining() + " bytes to " + path());
      }
      at += written;
    }
  }

  default void readFully(ByteBuffer into, long position) throws IOException {
    long at = position;
    while (into.hasRemaining()) {
      int read = read(into, at);
      if (read < 0) {
        throw new EOFException(path() + " ends at " + at + "; " + into.remaining() + " bytes more");
      }
      at += read;
    }
  }
}
