package dev.hooklake.journal.index;

import dev.hooklake.journal.disk.Disk;
import dev.hooklake.journal.disk.DiskFile;
import java.io.Closeable;
import java.io.IOException;

/// Reads the keys of one run in order, through a handle of its own.
final class RunCursor implements Closeable, Comparable<RunCursor> {

  private final DiskFile file;
  private final int blocks;
  private final KeyBlock block = new KeyBlock();
  private int number;
  private int index;

  RunCursor(Disk disk, KeyRun run) throws IOException {
    this.file = disk.openToRead(run.path());
    this.blocks = run.footer().keyBlocks();
  }

  /// Moves to the next key, at first to the first; false when there is none.
  boolean next() throws IOException {
    index++;
    if (number == 0 || index >= block.count()) {
      if (number == blocks) {
        return false;
      }
      block.read(file, number++);
      index = 0;
    }
    return true;
  }

  long high() {
    return block.high(index);
  }

  long low() {
    return block.low(index);
  }

  @Override
  public int compareTo(RunCursor other) {
    return KeyOrder.compare(high(), low(), other.high(), other.low());
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
