package dev.hooklake.journal;

import dev.hooklake.journal.disk.Disk;
import dev.hooklake.journal.disk.DiskFile;
import dev.hooklake.journal.disk.DiskLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The files of a journal.
///
/// | name | what |
/// |------|------|
/// | `<first sequence>.segment` | records |
/// | `<first>-<last sequence>.keys` | keys of released or full segments |
/// | `*.tmp` | a file that was never finished |
/// | `journal.lock` | held while the journal is open |
/// | `damaged/` | what a repair has set aside |
record JournalDirectory(Disk disk, Path path) {

  static final String SEGMENT = ".segment";

  private static final String TEMPORARY = ".tmp";
  private static final String LOCK = "journal.lock";

  DiskLock lock() throws IOException {
    try {
      return disk.lock(path.resolve(LOCK));
    } catch (IOException e) {
      throw new IOException(
          "the journal in "
              + path
              + " is in use; stop the other Hooklake, or give this one a directory of its own",
          e);
    }
  }

  void deleteLeftovers() throws IOException {
    for (Path file : named(TEMPORARY)) {
      disk.delete(file);
    }
  }

  List<Path> segments() throws IOException {
    return named(SEGMENT);
  }

  Path segment(long firstSequence) {
    return path.resolve("%019d%s".formatted(firstSequence, SEGMENT));
  }

  /// A new segment, empty but for its header. It has its name only when the header is synced, so a
  /// segment without a readable header is always damage, never an accident of timing.
  Segment createSegment(SegmentHeader header) throws IOException {
    Path temporary = path.resolve("segment" + TEMPORARY);
    try (DiskFile file = disk.create(temporary)) {
      file.writeFully(header.encoded(), 0);
      file.sync();
    }
    Path segment = segment(header.firstSequence());
    disk.rename(temporary, segment);
    disk.syncDirectory(path);
    return new Segment(segment, header, SegmentHeader.BYTES, header.firstSequence() - 1);
  }

  private List<Path> named(String suffix) throws IOException {
    return disk.list(path).stream().filter(file -> file.toString().endsWith(suffix)).toList();
  }
}
