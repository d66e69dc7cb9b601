package dev.hooklake.journal;

import dev.hooklake.journal.disk.Disk;
import dev.hooklake.journal.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/// Overwrites payloads in sealed segments with zeros.
///
/// A segment that holds one is written anew beside the old one, synced, and put in its place in one
/// step. Every record keeps its place in the file, so a reader goes on where it was.
final class SegmentErasure {
  private final JournalDirectory directory;
  private final Disk disk;
  private final Predicate<JournalRecord> goes;

  SegmentErasure(JournalDirectory directory, Predicate<JournalRecord> goes) {
    this.directory = directory;
    this.disk = directory.disk();
    this.goes = goes;
  }

  Erased from(Collection<Segment> segments) throws IOException {
    int records = 0;
    int rewritten = 0;
    for (Segment segment : segments) {
      Set<Long> found = segment.sealed() ? matching(segment) : Set.of();
      if (!found.isEmpty()) {
        rewrite(segment, found);
        records += found.size();
        rewritten++;
      }
    }
    return new Erased(records, rewritten);
  }

  private Set<Long> matching(Segment segment) throws IOException {
    var found = new HashSet<Long>();
    walk(
        segment,
        reader -> {
          JournalRecord record = reader.record();
          if (!record.erased() && goes.test(record)) {
            found.add(record.sequence());
          }
        });
    return found;
  }

  private void rewrite(Segment segment, Set<Long> found) throws IOException {
    directory.placeSegment(
        segment.header(),
        out ->
            walk(
                segment,
                reader -> {
                  ByteBuffer frame = reader.frame();
                  boolean erased = found.contains(reader.sequence());
                  out.writeFully(
                      erased ? Frame.erased(frame, segment.header().mask()) : frame, reader.at());
                }));
    segment.writtenAnew();
  }

  private void walk(Segment segment, Visit visit) throws IOException {
    DiskFile file = disk.openToRead(segment.path());
    try (FrameReader reader = new FrameReader(file, segment.header())) {
      while (reader.expected() <= segment.lastSequence()) {
        switch (reader.next(file.size())) {
          case FRAME -> visit.at(reader);
          case END -> {
            return;
          }
          case INVALID ->
              throw JournalDamagedException.atSequence(
                  segment.path(), reader.at(), reader.expected(), reader.reason());
        }
      }
    }
  }

  private interface Visit {
    void at(FrameReader reader) throws IOException;
  }
}
