package dev.hooklake.journal.index;

import dev.hooklake.journal.disk.Crc32c;
import dev.hooklake.journal.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;

/// The last 112 bytes of a run file: what it holds, and checksums of the parts that stay in memory.
///
/// | offset | bytes | what |
/// |--------|-------|------|
/// | 0      | 8     | `HOOKKEYS` |
/// | 8      | 4     | format version, 1 |
/// | 12     | 4     | level: how often its keys have been merged |
/// | 16     | 16    | journal id |
/// | 32     | 16    | first and last sequence whose keys are here |
/// | 48     | 16    | oldest and newest time of appending, epoch milliseconds |
/// | 64     | 8     | keys |
/// | 72     | 4     | key blocks of 4096 bytes, from the start of the file |
/// | 76     | 4     | filter blocks of 64 bytes, after the key blocks |
/// | 80     | 4     | CRC-32C of the filter |
/// | 84     | 4     | CRC-32C of the fences, 8 bytes for each key block, after the filter |
/// | 88     | 20    | zero |
/// | 108    | 4     | CRC-32C of bytes 0 to 107 |
record RunFooter(
    UUID journal,
    Span span,
    int level,
    long keys,
    int keyBlocks,
    int filterBlocks,
    int filterCrc,
    int fencesCrc) {

  static final int BYTES = 112;

  private static final long MAGIC = 0x484f_4f4b_4b45_5953L; // HOOKKEYS
  private static final int VERSION = 1;
  private static final int CRC_AT = 108;

  ByteBuffer encoded() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    bytes.putLong(MAGIC).putInt(VERSION).putInt(level);
    bytes.putLong(journal.getMostSignificantBits()).putLong(journal.getLeastSignificantBits());
    bytes.putLong(span.firstSequence()).putLong(span.lastSequence());
    bytes.putLong(span.oldestMillis()).putLong(span.newestMillis()).putLong(keys);
    bytes.putInt(keyBlocks).putInt(filterBlocks).putInt(filterCrc).putInt(fencesCrc);
    bytes.putInt(CRC_AT, Crc32c.of(bytes, 0, CRC_AT));
    return bytes.rewind();
  }

  static RunFooter read(DiskFile file) throws IOException {
    long at = file.size() - BYTES;
    if (at < 0) {
      throw new RunDamagedException(file.path(), 0, "it is too short");
    }
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    file.readFully(bytes, at);
    if (bytes.getLong(0) != MAGIC || bytes.getInt(CRC_AT) != Crc32c.of(bytes, 0, CRC_AT)) {
      throw new RunDamagedException(file.path(), at, "its footer is not readable");
    }
    if (bytes.getInt(8) != VERSION) {
      throw new IOException(
          file.path() + " has format " + bytes.getInt(8) + "; this Hooklake reads " + VERSION);
    }
    RunFooter footer = of(bytes);
    if (!footer.describes(file.size())) {
      throw new RunDamagedException(file.path(), at, "its footer does not fit its size");
    }
    return footer;
  }

  private static RunFooter of(ByteBuffer bytes) {
    return new RunFooter(
        new UUID(bytes.getLong(16), bytes.getLong(24)),
        new Span(bytes.getLong(32), bytes.getLong(40), bytes.getLong(48), bytes.getLong(56)),
        bytes.getInt(12),
        bytes.getLong(64),
        bytes.getInt(72),
        bytes.getInt(76),
        bytes.getInt(80),
        bytes.getInt(84));
  }

  /// Asked before anything is made room for: a wrong number must not ask for gigabytes.
  private boolean describes(long fileBytes) {
    return keyBlocks >= 0
        && filterBlocks > 0
        && keys >= 0
        && fencesAt() + (long) keyBlocks * Long.BYTES + BYTES == fileBytes;
  }

  long filterAt() {
    return (long) keyBlocks * KeyBlock.BYTES;
  }

  long fencesAt() {
    return filterAt() + (long) filterBlocks * KeyFilter.BLOCK_BYTES;
  }
}
