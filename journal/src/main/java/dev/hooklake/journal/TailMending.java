package dev.hooklake.journal;

import dev.hooklake.journal.RecoveryReport.TornTail;
import dev.hooklake.journal.disk.Disk;
import dev.hooklake.journal.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Mends the segment that the last process was writing: cuts off an unfinished write, makes sure
/// the rest is really on disk, and seals it.
final class TailMending {

  private static final int CHUNK_BYTES = 256 * 1024;

  private final Disk disk;
  private final Segment segment;

  TailMending(Disk disk, Segment segment) {
    this.disk = disk;
    this.segment = segment;
  }

  /// @param provenThrough the sequence up to which all was synced, as far as that is noted
  Optional<TornTail> mend(long provenThrough) throws IOException {
    SegmentScan scan = SegmentScan.of(disk, segment);
    // Of a repaired segment the end may be lost; its sequences are not used again all the same,
    // because the lake may have them.
    boolean endMayBeLost = segment.header().repaired();
    if (scan.acknowledged() || (scan.lastSequence() < provenThrough && !endMayBeLost)) {
      String reason = scan.whole() ? "the file ends before it" : scan.reason();
      throw JournalDamagedException.atSequence(
          segment.path(), scan.validEnd(), scan.lastSequence() + 1, reason);
    }
    try (DiskFile file = disk.open(segment.path())) {
      long torn = tornBytes(file, scan.validEnd());
      file.truncate(scan.validEnd());
      writeAgain(file, scan.unprovenFrom(), scan.validEnd());
      file.sync();
      long last = Math.max(scan.lastSequence(), provenThrough);
      segment.synced(scan.validEnd(), last);
      segment.seal(last);
      return torn == 0
          ? Optional.empty()
          : Optional.of(new TornTail(segment.path(), scan.validEnd(), torn));
    }
  }

  /// When an earlier sync failed, the kernel may show bytes that are not on disk and count them as
  /// clean. Written again they are dirty, and the next sync means what it says.
  private static void writeAgain(DiskFile file, long from, long to) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
    for (long at = from; at < to; at += chunk.limit()) {
      chunk.clear().limit((int) Math.min(CHUNK_BYTES, to - at));
      file.readFully(chunk, at);
      file.writeFully(chunk.flip(), at);
    }
  }

  /// How much behind `from` is an unfinished write; room written ahead is only zeros.
  static long tornBytes(DiskFile file, long from) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
    long torn = 0;
    long end = file.size();
    for (long at = from; at < end; at += chunk.limit()) {
      chunk.clear().limit((int) Math.min(CHUNK_BYTES, end - at));
      file.readFully(chunk, at);
      int last = chunk.limit() - 1;
      while (last >= 0 && chunk.get(last) == 0) {
        last--;
      }
      torn = last < 0 ? torn : at + last + 1 - from;
    }
    return torn;
  }
}
