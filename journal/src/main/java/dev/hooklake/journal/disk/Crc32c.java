package dev.hooklake.journal.disk;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// The checksum of every structure on disk.
public final class Crc32c {

  private Crc32c() {}

  /// Of the bytes from index `from` up to `to`; position and limit stay.
  public static int of(ByteBuffer bytes, int from, int to) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate().limit(to).position(from));
    return (int) crc.getValue();
  }
}
