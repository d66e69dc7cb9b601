package dev.hooklake.journal;

import dev.hooklake.journal.disk.Crc32c;
import java.nio.ByteBuffer;

/// One record as it lies in a segment.
///
/// | offset | bytes | what |
/// |--------|-------|------|
/// | 0      | 4     | CRC-32C of all that follows in the frame, xor the checksum in the file's header |
/// | 4      | 4     | payload length |
/// | 8      | 8     | sequence |
/// | 16     | 8     | appended at, epoch milliseconds |
/// | 24     | 8     | synced through: the highest sequence known to be synced when this was written |
/// | 32     | 16    | event key |
/// | 48     | …     | payload |
///
/// The synced-through field is how recovery tells a torn tail, never acknowledged, from damage.
final class Frame {

  static final int HEADER_BYTES = 48;

  private static final int LENGTH_AT = 4;
  private static final int SEQUENCE_AT = 8;
  private static final int APPENDED_AT = 16;
  private static final int SYNCED_THROUGH_AT = 24;
  private static final int KEY_AT = 32;

  private Frame() {}

  static int bytes(Entry entry) {
    return HEADER_BYTES + entry.payload().remaining();
  }

  static void put(ByteBuffer out, int mask, Entry entry, Stamp stamp) {
    int start = out.position();
    ByteBuffer payload = entry.payload();
    out.putInt(0).putInt(payload.remaining());
    out.putLong(stamp.sequence()).putLong(stamp.appendedAtMillis());
    out.putLong(stamp.syncedThrough());
    out.putLong(entry.key().high()).putLong(entry.key().low());
    out.put(payload.duplicate());
    out.putInt(start, Crc32c.of(out, start + LENGTH_AT, out.position()) ^ mask);
  }

  /// The same record with zeros for a payload. The event key stays: a repeat is still recognised.
  static ByteBuffer erased(ByteBuffer frame, int mask) {
    ByteBuffer erased = ByteBuffer.allocate(frame.remaining());
    erased.put(0, frame, frame.position(), HEADER_BYTES);
    erased.putInt(0, Crc32c.of(erased, LENGTH_AT, erased.limit()) ^ mask);
    return erased;
  }

  static int payloadLength(ByteBuffer in, int start) {
    return in.getInt(start + LENGTH_AT);
  }

  static boolean checksumHolds(ByteBuffer in, int start, int mask) {
    int end = start + HEADER_BYTES + payloadLength(in, start);
    return in.getInt(start) == (Crc32c.of(in, start + LENGTH_AT, end) ^ mask);
  }

  static long sequence(ByteBuffer in, int start) {
    return in.getLong(start + SEQUENCE_AT);
  }

  static long appendedAtMillis(ByteBuffer in, int start) {
    return in.getLong(start + APPENDED_AT);
  }

  static long syncedThrough(ByteBuffer in, int start) {
    return in.getLong(start + SYNCED_THROUGH_AT);
  }

  static EventKey key(ByteBuffer in, int start) {
    return new EventKey(in.getLong(start + KEY_AT), in.getLong(start + KEY_AT + 8));
  }

  static ByteBuffer payload(ByteBuffer in, int start) {
    byte[] payload = new byte[payloadLength(in, start)];
    in.get(start + HEADER_BYTES, payload);
    return ByteBuffer.wrap(payload).asReadOnlyBuffer();
  }

  /// What the journal adds to an entry.
  record Stamp(long sequence, long appendedAtMillis, long syncedThrough) {}
}
