package dev.hooklake.journal;

import dev.hooklake.journal.index.KeyIndex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.UUID;

/// Goes on to the next segment when one is full, or when a new day begins, so that the keys of one
/// segment grow old together. Used by the writer thread only, between batches.
final class SegmentRoll {

  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
  private static final int LEAST_BUFFER_BYTES = 1 << 20;

  /// Key tables the keeper may be behind; beyond that the writer helps it.
  private static final int MOST_WAITING_TABLES = 4;

  private final JournalDirectory directory;
  private final UUID journal;
  private final Segments segments;
  private final KeyIndex index;
  private final long segmentBytes;
  private final ByteBuffer buffer;
  private long day = Long.MIN_VALUE;
  private volatile boolean asked;

  SegmentRoll(JournalDirectory directory, JournalSettings settings, Opened opened) {
    this.directory = directory;
    this.journal = opened.id();
    this.segments = opened.segments();
    this.index = opened.index();
    this.segmentBytes = settings.segmentBytes();
    int largest = settings.maxRecordBytes() + Frame.HEADER_BYTES;
    this.buffer = ByteBuffer.allocateDirect(Math.max(LEAST_BUFFER_BYTES, largest));
  }

  SegmentWriter writerOf(Segment segment) throws IOException {
    return new SegmentWriter(directory.disk(), segment, buffer, segmentBytes);
  }

  /// Goes on to the next segment with the next batch, however full this one is.
  void ask() {
    asked = true;
  }

  boolean due(SegmentWriter current, long nowMillis) {
    long today = Math.floorDiv(nowMillis, DAY_MILLIS);
    // A clock that goes back starts nothing new: the older keys are only kept longer.
    boolean newDay = today > day;
    day = Math.max(day, today);
    return current.segment().holdsRecords() && (asked || newDay || current.bytes() >= segmentBytes);
  }

  /// Seals the segment, whose records are all synced, and begins the next.
  SegmentWriter next(SegmentWriter full, long nowMillis) throws IOException {
    while (index.waitingTables() >= MOST_WAITING_TABLES) {
      index.build();
    }
    asked = false;
    full.cutRoom();
    Segment sealed = full.segment();
    SegmentHeader header =
        new SegmentHeader(
            journal, sealed.lastSequence() + 1, sealed.firstSequence(), nowMillis, false);
    Segment next = directory.createSegment(header);
    SegmentWriter writer = writerOf(next);
    index.closeTable(sealed.firstSequence(), sealed.lastSequence());
    segments.add(next);
    sealed.seal(sealed.lastSequence());
    full.close();
    return writer;
  }
}
