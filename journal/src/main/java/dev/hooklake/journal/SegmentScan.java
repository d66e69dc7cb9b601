package dev.hooklake.journal;

import dev.hooklake.journal.FrameReader.Step;
import dev.hooklake.journal.disk.Disk;
import dev.hooklake.journal.disk.DiskFile;
import dev.hooklake.journal.index.KeyTable;
import java.io.IOException;

/// One segment read from its first record to its last whole one.
///
/// @param keys of all its records
/// @param lastSequence one before the first when there is none
/// @param validEnd where the last whole record ends
/// @param unprovenFrom where the batch begins that no later record proves to have been synced
/// @param reason why reading ended before the end of the file, empty when it did not
/// @param acknowledged whether a later record proves that the unreadable one had been synced
record SegmentScan(
    KeyTable keys,
    long lastSequence,
    long validEnd,
    long unprovenFrom,
    String reason,
    boolean acknowledged) {

  static SegmentScan of(Disk disk, Segment segment) throws IOException {
    DiskFile file = disk.openToRead(segment.path());
    try (FrameReader reader = new FrameReader(file, segment.header())) {
      return scan(reader, file.size(), segment);
    }
  }

  private static SegmentScan scan(FrameReader reader, long end, Segment segment)
      throws IOException {
    KeyTable keys = new KeyTable();
    long last = segment.firstSequence() - 1;
    long unprovenFrom = SegmentHeader.BYTES;
    Step step = step(reader, end, segment);
    while (step == Step.FRAME) {
      EventKey key = reader.key();
      keys.add(key.high(), key.low(), reader.appendedAtMillis());
      last = reader.sequence();
      // The first record of a batch: when it was written, everything before it had been synced.
      unprovenFrom = reader.syncedThrough() == last - 1 ? reader.at() : unprovenFrom;
      step = step(reader, end, segment);
    }
    long validEnd = step == Step.END ? reader.nextAt() : reader.at();
    String reason = step == Step.END ? "" : reader.reason();
    boolean acknowledged = step == Step.INVALID && laterProves(reader, end, last + 1);
    return new SegmentScan(keys, last, validEnd, unprovenFrom, reason, acknowledged);
  }

  /// What lies behind the last record of a sealed segment is of no account.
  private static Step step(FrameReader reader, long end, Segment segment) throws IOException {
    boolean over = segment.sealed() && reader.expected() > segment.lastSequence();
    return over ? Step.END : reader.next(end);
  }

  private static boolean laterProves(FrameReader reader, long end, long sequence)
      throws IOException {
    while (reader.resync(end)) {
      if (reader.syncedThrough() >= sequence) {
        return true;
      }
    }
    return false;
  }

  boolean whole() {
    return reason.isEmpty();
  }
}
