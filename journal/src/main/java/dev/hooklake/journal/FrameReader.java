package dev.hooklake.journal;

import dev.hooklake.journal.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;

/// Walks the records of one segment in order, checking each one's checksum and place.
///
/// Never reads past the end it is given: beyond it the writer may be at work.
final class FrameReader implements AutoCloseable {

  enum Step {
    /// The reader stands on a whole record.
    FRAME,
    /// The end given has been reached, exactly.
    END,
    /// What follows is not the record expected; `reason` says why.
    INVALID
  }

  private static final int WINDOW_BYTES = 256 * 1024;

  /// Larger than any record: what claims more is damaged.
  private static final int MOST_BYTES = 1 << 30;

  private final DiskFile file;
  private final boolean gapsAllowed;
  private final int mask;

  private ByteBuffer window = ByteBuffer.allocateDirect(0);
  private long windowAt = Long.MAX_VALUE;

  private long at = SegmentHeader.BYTES;
  private long nextAt = SegmentHeader.BYTES;
  private long searchAt = SegmentHeader.BYTES;
  private long expected;
  private String reason = "";

  FrameReader(DiskFile file, SegmentHeader header) {
    this(file, header, header.mask());
  }

  /// Reads a file whose header is damaged, and with it perhaps the mask.
  FrameReader(DiskFile file, SegmentHeader header, int mask) {
    this.file = file;
    this.gapsAllowed = header.repaired();
    this.mask = mask;
    this.expected = header.firstSequence();
  }

  Step next(long end) throws IOException {
    at = nextAt;
    if (at == end) {
      return Step.END;
    }
    searchAt = at + 1;
    if (!load(at, Frame.HEADER_BYTES, end)) {
      return invalid("it is cut short");
    }
    int length = Frame.payloadLength(window, index());
    if (length < 0 || !load(at, (long) Frame.HEADER_BYTES + length, end)) {
      return invalid("its length is impossible");
    }
    if (!Frame.checksumHolds(window, index(), mask)) {
      return invalid("its checksum does not match");
    }
    if (sequence() != expected && !(gapsAllowed && sequence() > expected)) {
      return invalid("in its place stands record " + sequence());
    }
    accept(length);
    return Step.FRAME;
  }

  /// After an invalid place: goes to the next whole record behind it, false when there is none.
  boolean resync(long end) throws IOException {
    long highest = expected + (end - searchAt) / Frame.HEADER_BYTES;
    for (at = searchAt; load(at, Frame.HEADER_BYTES, end); at++) {
      int length = Frame.payloadLength(window, index());
      // The sequence is looked at first: it is wrong nearly everywhere, and cheaper than a
      // checksum.
      if (sequence() >= expected
          && sequence() <= highest
          && length >= 0
          && load(at, (long) Frame.HEADER_BYTES + length, end)
          && Frame.checksumHolds(window, index(), mask)) {
        accept(length);
        return true;
      }
    }
    return false;
  }

  private void accept(int length) {
    expected = sequence() + 1;
    nextAt = at + Frame.HEADER_BYTES + length;
    searchAt = nextAt;
  }

  private Step invalid(String why) {
    reason = why;
    return Step.INVALID;
  }

  /// Makes the bytes from `from` on readable in the window; false when the file does not have them.
  private boolean load(long from, long bytes, long end) throws IOException {
    if (bytes > end - from || bytes > MOST_BYTES) {
      return false;
    }
    if (from >= windowAt && from + bytes <= windowAt + window.limit()) {
      return true;
    }
    // Nothing is taken from the window if this fails half-way.
    windowAt = Long.MAX_VALUE;
    long wanted = Math.max(bytes, Math.min(WINDOW_BYTES, end - from));
    if (wanted > window.capacity()) {
      window = ByteBuffer.allocateDirect((int) Math.max(wanted, 2L * window.capacity()));
    }
    window.clear().limit((int) Math.min(window.capacity(), end - from));
    long read = 0;
    while (window.hasRemaining() && read >= 0) {
      read = file.read(window, from + window.position());
    }
    window.flip();
    windowAt = from;
    return bytes <= window.limit();
  }

  private int index() {
    return (int) (at - windowAt);
  }

  /// Where the record begins, or where one should begin after INVALID.
  long at() {
    return at;
  }

  long nextAt() {
    return nextAt;
  }

  /// The sequence that must come next.
  long expected() {
    return expected;
  }

  String reason() {
    return reason;
  }

  long sequence() {
    return Frame.sequence(window, index());
  }

  long syncedThrough() {
    return Frame.syncedThrough(window, index());
  }

  long appendedAtMillis() {
    return Frame.appendedAtMillis(window, index());
  }

  EventKey key() {
    return Frame.key(window, index());
  }

  /// The record's bytes as they lie in the file, until the next step.
  ByteBuffer frame() {
    return window.slice(index(), (int) (nextAt - at)).asReadOnlyBuffer();
  }

  JournalRecord record() {
    Instant appendedAt = Instant.ofEpochMilli(appendedAtMillis());
    return new JournalRecord(sequence(), appendedAt, key(), Frame.payload(window, index()));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
