package dev.hooklake.journal;

import dev.hooklake.journal.disk.Crc32c;
import dev.hooklake.journal.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;

/// The first 64 bytes of a segment, synced before anything follows them.
///
/// | offset | bytes | what |
/// |--------|-------|------|
/// | 0      | 8     | `HOOKSEGM` |
/// | 8      | 4     | format version, 1 |
/// | 12     | 4     | flags; 1: repaired, sequences may be missing |
/// | 16     | 16    | journal id |
/// | 32     | 8     | first sequence; also the file's name |
/// | 40     | 8     | first sequence of the segment before, 0 for the first of all |
/// | 48     | 8     | created at, epoch milliseconds |
/// | 56     | 4     | zero |
/// | 60     | 4     | CRC-32C of bytes 0 to 59; also masks the checksums of this file's records |
///
/// That a segment exists proves that everything before its first sequence was synced.
record SegmentHeader(
    UUID journal,
    long firstSequence,
    long previousFirstSequence,
    long createdAtMillis,
    boolean repaired) {

  static final int BYTES = 64;

  private static final long MAGIC = 0x484f_4f4b_5345_474dL; // HOOKSEGM
  private static final int VERSION = 1;
  private static final int REPAIRED = 1;
  private static final int CRC_AT = 60;

  ByteBuffer encoded() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    bytes.putLong(MAGIC).putInt(VERSION).putInt(repaired ? REPAIRED : 0);
    bytes.putLong(journal.getMostSignificantBits()).putLong(journal.getLeastSignificantBits());
    bytes.putLong(firstSequence).putLong(previousFirstSequence).putLong(createdAtMillis);
    bytes.putInt(0).putInt(Crc32c.of(bytes, 0, CRC_AT));
    return bytes.flip();
  }

  static SegmentHeader read(DiskFile file) throws IOException {
    if (file.size() < BYTES) {
      throw new JournalDamagedException(file.path(), 0, "too short for a segment's header");
    }
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    file.readFully(bytes, 0);
    if (bytes.getLong(0) != MAGIC || bytes.getInt(CRC_AT) != Crc32c.of(bytes, 0, CRC_AT)) {
      throw new JournalDamagedException(file.path(), 0, "the segment's header is not readable");
    }
    if (bytes.getInt(8) != VERSION) {
      throw new IOException(
          file.path() + " has format " + bytes.getInt(8) + "; this Hooklake reads " + VERSION);
    }
    return new SegmentHeader(
        new UUID(bytes.getLong(16), bytes.getLong(24)),
        bytes.getLong(32),
        bytes.getLong(40),
        bytes.getLong(48),
        (bytes.getInt(12) & REPAIRED) != 0);
  }

  /// Mixed into each record's checksum: the remains of another file, or a payload that quotes a
  /// whole record, never pass for records of this one.
  int mask() {
    return encoded().getInt(CRC_AT);
  }
}
