package dev.hooklake.journal.index;

import dev.hooklake.journal.disk.Crc32c;
import dev.hooklake.journal.disk.Disk;
import dev.hooklake.journal.disk.DiskFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// An immutable sorted file of keys. In memory are its filter and the first key of each block, so
/// an absent key costs one cache line and a present one the read of one block.
final class KeyRun implements Closeable {

  private final DiskFile file;
  private final RunFooter footer;
  private final KeyFilter filter;

  /// High half of each block's first key.
  private final long[] fences;

  private final KeyBlock block = new KeyBlock();

  private KeyRun(DiskFile file, RunFooter footer, KeyFilter filter, long[] fences) {
    this.file = file;
    this.footer = footer;
    this.filter = filter;
    this.fences = fences;
  }

  static KeyRun open(Disk disk, Path path) throws IOException {
    DiskFile file = disk.openToRead(path);
    try {
      RunFooter footer = RunFooter.read(file);
      long[] fences = readFences(file, footer);
      return new KeyRun(file, footer, readFilter(file, footer), fences);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static long[] readFences(DiskFile file, RunFooter footer) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(footer.keyBlocks() * Long.BYTES);
    file.readFully(bytes, footer.fencesAt());
    check(file, footer.fencesAt(), bytes, footer.fencesCrc());
    long[] fences = new long[footer.keyBlocks()];
    bytes.flip().asLongBuffer().get(fences);
    return fences;
  }

  private static KeyFilter readFilter(DiskFile file, RunFooter footer) throws IOException {
    KeyFilter filter = new KeyFilter(footer.filterBlocks());
    try {
      file.readFully(filter.bytes(), footer.filterAt());
      check(file, footer.filterAt(), filter.bytes(), footer.filterCrc());
      return filter;
    } catch (IOException | RuntimeException e) {
      filter.close();
      throw e;
    }
  }

  private static void check(DiskFile file, long at, ByteBuffer bytes, int crc) throws IOException {
    if (Crc32c.of(bytes, 0, bytes.capacity()) != crc) {
      throw new RunDamagedException(file.path(), at, "a checksum does not match");
    }
  }

  boolean contains(long high, long low) throws IOException {
    if (!filter.mayContain(high, low)) {
      return false;
    }
    // Keys that share their high half may lie on both sides of a fence.
    int last = lastBlockNotAfter(high);
    boolean found = false;
    for (int number = last; number >= 0 && !found; number--) {
      block.read(file, number);
      found = block.contains(high, low);
      if (fences[number] != high) {
        break;
      }
    }
    return found;
  }

  private int lastBlockNotAfter(long high) {
    int from = 0;
    int to = fences.length - 1;
    while (from <= to) {
      int middle = (from + to) >>> 1;
      if (Long.compareUnsigned(fences[middle], high) <= 0) {
        from = middle + 1;
      } else {
        to = middle - 1;
      }
    }
    return to;
  }

  Path path() {
    return file.path();
  }

  RunFooter footer() {
    return footer;
  }

  Span span() {
    return footer.span();
  }

  @Override
  public void close() throws IOException {
    filter.close();
    file.close();
  }
}
