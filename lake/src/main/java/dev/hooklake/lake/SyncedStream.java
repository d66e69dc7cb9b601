package dev.hooklake.lake;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes a new file and, when closed, syncs it and then gives it its place.
///
/// Parquet closes its stream even when writing failed, so a stream that failed once never becomes a
/// file: closing it deletes what was written.
final class SyncedStream extends PositionOutputStream {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Path file;
  private final Placing placing;
  private final FileChannel channel;
  private final OutputStream out;
  private long position;
  private boolean failed;

  SyncedStream(Path file, Placing placing) throws IOException {
    this.file = file;
    this.placing = placing;
    channel = FileChannel.open(file, WRITE, CREATE_NEW);
    out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
      position += length;
    } catch (IOException e) {
      failed = true;
      throw e;
    }
  }

  @Override
  public void flush() {
    // Parquet flushes after each row group; only the sync at the end matters.
  }

  @Override
  public long getPos() {
    return position;
  }

  @Override
  public void close() throws IOException {
    if (!channel.isOpen()) {
      return;
    }
    boolean placed = false;
    try (channel) {
      if (!failed) {
        out.flush();
        channel.force(true);
        placing.place(file);
        placed = true;
      }
    } finally {
      if (!placed) {
        Files.deleteIfExists(file);
      }
    }
  }

  /// Gives a synced file its final name, or only syncs the directory that holds it.
  interface Placing {
    void place(Path written) throws IOException;
  }
}
