package dev.hooklake.journal;

import dev.hooklake.journal.JournalReport.Loss;
import dev.hooklake.journal.SegmentWalk.Gap;
import dev.hooklake.journal.SegmentWalk.Piece;
import dev.hooklake.journal.disk.Disk;
import dev.hooklake.journal.disk.DiskFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads all segments from end to end and says what is lost. Changes nothing.
final class SegmentCheck {

  private final Disk disk;
  private final List<FoundSegment> found;
  private final long markedThrough;

  /// Takes the mark before it reads a segment: beside a running server the mark must not be the
  /// newer of the two.
  static SegmentCheck of(JournalDirectory directory) throws IOException {
    SyncedMark.Found mark = SyncedMark.read(directory);
    List<FoundSegment> found = FoundSegment.all(directory);
    long through = found.isEmpty() ? 0 : mark.through(found.getFirst().header().journal());
    return new SegmentCheck(directory.disk(), found, through);
  }

  private SegmentCheck(Disk disk, List<FoundSegment> found, long markedThrough) {
    this.disk = disk;
    this.found = found;
    this.markedThrough = markedThrough;
  }

  List<FoundSegment> found() {
    return found;
  }

  List<JournalReport.Segment> verify() throws IOException {
    List<JournalReport.Segment> reports = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      reports.add(verify(i));
    }
    return reports;
  }

  private JournalReport.Segment verify(int index) throws IOException {
    FoundSegment segment = found.get(index);
    SegmentWalk walk = segment.walk(disk);
    boolean last = index == found.size() - 1;
    long through =
        last
            ? Math.max(walk.provenThrough(), markedThrough)
            : found.get(index + 1).firstSequence() - 1;
    List<Piece> kept = walk.kept(through, last ? Long.MAX_VALUE : through);
    long lastSequence = kept.isEmpty() ? segment.firstSequence() - 1 : kept.getLast().last();
    long end = kept.isEmpty() ? SegmentHeader.BYTES : kept.getLast().to();
    return new JournalReport.Segment(
        segment.path(),
        segment.firstSequence(),
        lastSequence,
        kept.stream().mapToLong(Piece::records).sum(),
        last ? torn(segment, end) : 0,
        problem(index),
        losses(segment, walk, new Gap(end, lastSequence + 1, through, "the file ends before it")));
  }

  private long torn(FoundSegment segment, long from) throws IOException {
    try (DiskFile file = disk.openToRead(segment.path())) {
      return TailMending.tornBytes(file, from);
    }
  }

  private String problem(int index) {
    SegmentHeader header = found.get(index).header();
    if (index == 0) {
      return found.get(index).problem();
    }
    SegmentHeader before = found.get(index - 1).header();
    return header.previousFirstSequence() == before.firstSequence()
        ? found.get(index).problem()
        : "the segment before it, from record " + header.previousFirstSequence() + ", is missing";
  }

  private static List<Loss> losses(FoundSegment segment, SegmentWalk walk, Gap atEnd) {
    List<Gap> lost = new ArrayList<>(walk.lost(atEnd.last()));
    boolean endsEarly = lost.isEmpty() || lost.getLast().last() < atEnd.last();
    if (!segment.header().repaired() && endsEarly && atEnd.first() <= atEnd.last()) {
      lost.add(atEnd);
    }
    return lost.stream()
        .map(gap -> new Loss(gap.offset(), gap.first(), gap.last(), gap.reason()))
        .toList();
  }
}
