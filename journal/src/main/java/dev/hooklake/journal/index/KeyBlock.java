package dev.hooklake.journal.index;

import dev.hooklake.journal.disk.Crc32c;
import dev.hooklake.journal.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/// 4096 bytes of a run file: up to 255 keys in rising order, their number, and a checksum, so that
/// a look-up reads and checks one block and nothing else.
///
/// | offset | bytes | what |
/// |--------|-------|------|
/// | 0      | 4080  | keys of 16 bytes, zeros after the last |
/// | 4080   | 4     | number of keys |
/// | 4084   | 8     | number of the block in its file |
/// | 4092   | 4     | CRC-32C of bytes 0 to 4091 |
final class KeyBlock {

  static final int BYTES = 4096;
  static final int KEYS = 255;

  private static final int COUNT_AT = 4080;
  private static final int NUMBER_AT = 4084;
  private static final int CRC_AT = 4092;

  private final ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES);

  int count() {
    return bytes.getInt(COUNT_AT);
  }

  long high(int index) {
    return bytes.getLong(index * 16);
  }

  long low(int index) {
    return bytes.getLong(index * 16 + 8);
  }

  void add(long high, long low) {
    int count = count();
    bytes.putLong(count * 16, high).putLong(count * 16 + 8, low).putInt(COUNT_AT, count + 1);
  }

  boolean contains(long high, long low) {
    int from = 0;
    int to = count() - 1;
    while (from <= to) {
      int middle = (from + to) >>> 1;
      int order = KeyOrder.compare(high(middle), low(middle), high, low);
      if (order == 0) {
        return true;
      }
      from = order < 0 ? middle + 1 : from;
      to = order > 0 ? middle - 1 : to;
    }
    return false;
  }

  /// Puts the block's bytes at the end of `out` and empties it.
  void moveTo(ByteBuffer out, long number) {
    bytes.putLong(NUMBER_AT, number).putInt(CRC_AT, Crc32c.of(bytes, 0, CRC_AT));
    out.put(bytes.clear());
    bytes.clear();
    while (bytes.hasRemaining()) {
      bytes.putLong(0);
    }
    bytes.clear();
  }

  void read(DiskFile file, long number) throws IOException {
    file.readFully(bytes.clear(), number * BYTES);
    boolean whole =
        bytes.getInt(CRC_AT) == Crc32c.of(bytes, 0, CRC_AT) && bytes.getLong(NUMBER_AT) == number;
    if (!whole) {
      throw new RunDamagedException(
          file.path(), number * BYTES, "key block " + number + " is not readable");
    }
  }
}
