package dev.hooklake.journal;

import dev.hooklake.journal.disk.Disk;
import dev.hooklake.journal.disk.DiskFile;
import dev.hooklake.journal.disk.DiskLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// The files of a journal.
///
/// | name | what |
/// |------|------|
/// | `<first sequence>.segment` | records |
/// | `<first>-<last sequence>.keys` | keys of released or full segments |
/// | `*.tmp` | a file that was never finished |
/// | `journal.lock` | held while the journal is open |
/// | `journal.synced` | up to where it was synced at least ([SyncedMark]) |
/// | `journal.reserve` | room for a full disk ([Reserve]) |
/// | `damaged/` | what a repair has set aside |
record JournalDirectory(Disk disk, Path path) {

  private static final String SEGMENT = ".segment";
  private static final Pattern SEGMENT_NAME = Pattern.compile("\\d{19}\\.segment");
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
    for (Path file : disk.list(path)) {
      if (file.toString().endsWith(TEMPORARY)) {
        disk.delete(file);
      }
    }
  }

  List<Path> segments() throws IOException {
    return disk.list(path).stream()
        .filter(file -> SEGMENT_NAME.matcher(String.valueOf(file.getFileName())).matches())
        .toList();
  }

  Path segment(long firstSequence) {
    return path.resolve("%019d%s".formatted(firstSequence, SEGMENT));
  }

  static long firstSequence(Path segment) {
    String name = String.valueOf(segment.getFileName());
    return Long.parseLong(name.substring(0, name.length() - SEGMENT.length()));
  }

  /// A new segment, empty but for its header.
  Segment createSegment(SegmentHeader header) throws IOException {
    return placeSegment(header, _ -> {});
  }

  /// A segment with what `content` writes behind the header. It has its name only when all of it is
  /// synced, so a segment without a readable header is always damage, never an accident of timing.
  Segment placeSegment(SegmentHeader header, Content content) throws IOException {
    Path temporary = path.resolve("%019d%s".formatted(header.firstSequence(), TEMPORARY));
    Path segment = segment(header.firstSequence());
    try {
      write(temporary, header, content);
      disk.rename(temporary, segment);
    } catch (IOException | RuntimeException e) {
      abandon(temporary, e);
      throw e;
    }
    disk.syncDirectory(path);
    return new Segment(segment, header, SegmentHeader.BYTES, header.firstSequence() - 1);
  }

  private void write(Path temporary, SegmentHeader header, Content content) throws IOException {
    try (DiskFile file = disk.create(temporary)) {
      file.writeFully(header.encoded(), 0);
      content.writeTo(file);
      file.sync();
    }
  }

  /// On a full disk it would hold the very room that is missing, until the next start.
  private void abandon(Path temporary, Exception why) {
    try {
      disk.delete(temporary);
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  /// What follows a segment's header.
  @FunctionalInterface
  interface Content {
    void writeTo(DiskFile file) throws IOException;
  }
}
