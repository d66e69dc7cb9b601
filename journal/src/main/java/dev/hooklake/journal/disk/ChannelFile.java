package dev.hooklake.journal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file of [FileDisk].
final class ChannelFile implements DiskFile {

  /// Less room than this after a failed write means that the disk is full.
  private static final long FULL_BYTES = 1 << 20;

  private final Path path;
  private final FileChannel channel;

  ChannelFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    return channel.read(into, position);
  }

  @Override
  public int write(ByteBuffer from, long position) throws IOException {
    try {
      return channel.write(from, position);
    } catch (IOException e) {
      // The JDK has no exception of its own for a full disk, and its text depends on the locale.
      if (Files.getFileStore(path).getUsableSpace() < from.remaining() + FULL_BYTES) {
        throw new DiskFullException("no room for " + path, e);
      }
      throw e;
    }
  }

  @Override
  public void truncate(long size) throws IOException {
    channel.truncate(size);
  }

  @Override
  public void sync() throws IOException {
    // Data and length, not the times: one journal commit of the file system less for each batch.
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
