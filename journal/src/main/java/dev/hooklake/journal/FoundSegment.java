package dev.hooklake.journal;

import dev.hooklake.journal.disk.Crc32c;
import dev.hooklake.journal.disk.Disk;
import dev.hooklake.journal.disk.DiskFile;
import dev.hooklake.journal.index.RunSalvage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A segment's file as verify and repair meet it, with a readable header or without.
///
/// @param header as read, or, when it cannot be, as its neighbours and its name say it was
/// @param mask of its records' checksums
/// @param problem what is wrong with the header, empty when nothing is
record FoundSegment(Path path, SegmentHeader header, int mask, String problem) {

  private static final int CRC_AT = SegmentHeader.BYTES - Integer.BYTES;
  private static final UUID UNKNOWN = SyncedMark.Found.NOTHING.journal();

  static List<FoundSegment> all(JournalDirectory directory) throws IOException {
    UUID journal = journalOf(directory);
    List<FoundSegment> found = new ArrayList<>();
    for (Path path : directory.segments()) {
      long previous = found.isEmpty() ? 0 : found.getLast().header().firstSequence();
      long first = JournalDirectory.firstSequence(path);
      found.add(
          read(directory.disk(), path, new SegmentHeader(journal, first, previous, 0, false)));
    }
    return found;
  }

  /// The journal id in the first readable header, else in what lies beside the segments: with
  /// another id those files would not fit, and what has landed would land again.
  private static UUID journalOf(JournalDirectory directory) throws IOException {
    for (Path path : directory.segments()) {
      try (DiskFile file = directory.disk().openToRead(path)) {
        return SegmentHeader.read(file).journal();
      } catch (JournalDamagedException e) {
        // The next one may be readable.
      }
    }
    UUID marked = SyncedMark.read(directory).journal();
    return marked.equals(UNKNOWN)
        ? new RunSalvage(directory.disk(), directory.path()).journal().orElse(UNKNOWN)
        : marked;
  }

  private static FoundSegment read(Disk disk, Path path, SegmentHeader expected)
      throws IOException {
    try (DiskFile file = disk.openToRead(path)) {
      SegmentHeader header = SegmentHeader.read(file);
      boolean own =
          header.journal().equals(expected.journal())
              && header.firstSequence() == expected.firstSequence();
      if (!own) {
        throw new IOException(
            path
                + " is the segment from record "
                + header.firstSequence()
                + " of journal "
                + header.journal()
                + ", which does not belong here under this name; move it away");
      }
      return new FoundSegment(path, header, header.mask(), "");
    } catch (JournalDamagedException e) {
      return salvage(disk, path, expected, e.what());
    }
  }

  /// The mask is either still in the header, or follows from the rest of it: whichever lets more
  /// records be read.
  private static FoundSegment salvage(Disk disk, Path path, SegmentHeader guess, String problem)
      throws IOException {
    ByteBuffer raw = ByteBuffer.allocate(SegmentHeader.BYTES);
    try (DiskFile file = disk.openToRead(path)) {
      file.read(raw, 0);
    }
    UUID named = new UUID(raw.getLong(16), raw.getLong(24));
    UUID journal = guess.journal().equals(UNKNOWN) ? named : guess.journal();
    SegmentHeader header =
        new SegmentHeader(journal, guess.firstSequence(), guess.previousFirstSequence(), 0, false);
    FoundSegment kept = new FoundSegment(path, header, raw.getInt(CRC_AT), problem);
    FoundSegment derived = new FoundSegment(path, header, Crc32c.of(raw, 0, CRC_AT), problem);
    return kept.walk(disk).records() >= derived.walk(disk).records() ? kept : derived;
  }

  SegmentWalk walk(Disk disk) throws IOException {
    DiskFile file = disk.openToRead(path);
    try (FrameReader reader = new FrameReader(file, header, mask)) {
      return SegmentWalk.of(reader, Math.max(file.size(), SegmentHeader.BYTES));
    }
  }

  long firstSequence() {
    return header.firstSequence();
  }
}
