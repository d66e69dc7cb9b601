package dev.hooklake.journal.index;

import dev.hooklake.journal.disk.Crc32c;
import dev.hooklake.journal.disk.Disk;
import dev.hooklake.journal.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;

/// Writes one run file from keys in rising order: blocks, filter, fences, footer.
///
/// The file gets its name only when all of it is synced. One that did not come so far is deleted
/// when it is closed, because on a full disk it would hold the very room that is missing; what a
/// crash leaves, the next start deletes.
final class RunFile implements AutoCloseable {

  static final String SUFFIX = ".keys";

  private static final String TEMPORARY = ".tmp";

  private static final int MOST_BUFFERED_BLOCKS = 64;

  private final Disk disk;
  private final Path directory;
  private final Path path;
  private final Path temporary;
  private final Span span;
  private final DiskFile file;
  private final KeyFilter filter;
  private final KeyBlock block = new KeyBlock();
  private final ByteBuffer buffer;

  private long[] fences = new long[16];
  private int blocks;
  private long keys;
  private long at;
  private long lastHigh;
  private long lastLow;
  private boolean named;

  RunFile(Disk disk, Path directory, Span span, long mostKeys) throws IOException {
    this.disk = disk;
    this.directory = directory;
    this.path = path(directory, span);
    this.temporary = path.resolveSibling(path.getFileName() + TEMPORARY);
    this.span = span;
    this.file = disk.create(temporary);
    long blocksBuffered = Math.min(MOST_BUFFERED_BLOCKS, mostKeys / KeyBlock.KEYS + 1);
    this.buffer = ByteBuffer.allocateDirect((int) blocksBuffered * KeyBlock.BYTES);
    this.filter = new KeyFilter(KeyFilter.blocksFor(mostKeys));
  }

  static Path path(Path directory, Span span) {
    return directory.resolve(
        "%019d-%019d%s".formatted(span.firstSequence(), span.lastSequence(), SUFFIX));
  }

  /// Takes the next key; one equal to the last is dropped.
  void add(long high, long low) throws IOException {
    if (keys > 0 && high == lastHigh && low == lastLow) {
      return;
    }
    if (block.count() == KeyBlock.KEYS) {
      finishBlock();
    }
    if (block.count() == 0) {
      fence(high);
    }
    block.add(high, low);
    filter.add(high, low);
    lastHigh = high;
    lastLow = low;
    keys++;
  }

  private void fence(long high) {
    if (blocks == fences.length) {
      fences = Arrays.copyOf(fences, blocks * 2);
    }
    fences[blocks] = high;
  }

  private void finishBlock() throws IOException {
    block.moveTo(buffer, blocks++);
    if (!buffer.hasRemaining()) {
      write(buffer.flip());
      buffer.clear();
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    int length = bytes.remaining();
    file.writeFully(bytes, at);
    at += length;
  }

  /// Makes the file whole, synced and visible under its name.
  KeyRun finish(UUID journal, int level) throws IOException {
    if (block.count() > 0) {
      finishBlock();
    }
    write(buffer.flip());
    write(filter.bytes());
    ByteBuffer fenceBytes = ByteBuffer.allocate(blocks * Long.BYTES);
    fenceBytes.asLongBuffer().put(fences, 0, blocks);
    int fencesCrc = Crc32c.of(fenceBytes, 0, fenceBytes.capacity());
    write(fenceBytes);
    int filterCrc = Crc32c.of(filter.bytes(), 0, filter.bytes().capacity());
    write(
        new RunFooter(journal, span, level, keys, blocks, filter.blocks(), filterCrc, fencesCrc)
            .encoded());
    file.sync();
    disk.rename(temporary, path);
    named = true;
    disk.syncDirectory(directory);
    return KeyRun.open(disk, path);
  }

  @Override
  public void close() throws IOException {
    filter.close();
    try {
      file.close();
    } finally {
      if (!named) {
        disk.delete(temporary);
      }
    }
  }
}
