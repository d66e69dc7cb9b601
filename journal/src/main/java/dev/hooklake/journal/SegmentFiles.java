package dev.hooklake.journal;

import dev.hooklake.journal.disk.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads the headers of all segments and checks that none is missing, renamed or foreign.
final class SegmentFiles {

  private SegmentFiles() {}

  /// In order. All but the last are sealed; how far the last goes is not known yet.
  static List<Segment> read(JournalDirectory directory) throws IOException {
    List<Segment> segments = new ArrayList<>();
    for (Path path : directory.segments()) {
      Segment segment = read(directory, path);
      if (!segments.isEmpty()) {
        follow(segments.getLast(), segment);
      }
      segments.add(segment);
    }
    return segments;
  }

  private static Segment read(JournalDirectory directory, Path path) throws IOException {
    try (DiskFile file = directory.disk().openToRead(path)) {
      SegmentHeader header = SegmentHeader.read(file);
      if (!path.equals(directory.segment(header.firstSequence()))) {
        throw new JournalDamagedException(
            path, 0, "it begins with record " + header.firstSequence() + ", unlike its name");
      }
      return new Segment(path, header, file.size(), header.firstSequence() - 1);
    }
  }

  private static void follow(Segment before, Segment segment) throws IOException {
    SegmentHeader header = segment.header();
    if (!header.journal().equals(before.header().journal())) {
      throw new JournalDamagedException(segment.path(), 0, "it belongs to another journal");
    }
    if (header.previousFirstSequence() != before.firstSequence()) {
      throw new JournalDamagedException(
          segment.path(),
          0,
          "the segment before it, from record " + header.previousFirstSequence() + ", is missing");
    }
    before.seal(header.firstSequence() - 1);
  }
}
