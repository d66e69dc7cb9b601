package dev.hooklake.journal;

import dev.hooklake.journal.disk.Disk;
import dev.hooklake.journal.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// Writes a segment anew from the records of it that can be read. The copy says that sequences may
/// be missing in it; the original is kept in `damaged/`.
final class SegmentRewrite {

  private static final String DAMAGED = "damaged";
  private static final int CHUNK_BYTES = 256 * 1024;

  private final JournalDirectory directory;
  private final Disk disk;

  SegmentRewrite(JournalDirectory directory) {
    this.directory = directory;
    this.disk = directory.disk();
  }

  /// Copies the file to `damaged/`, synced.
  void setAside(Path path) throws IOException {
    Path damaged = directory.path().resolve(DAMAGED);
    disk.createDirectories(damaged);
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
    try (DiskFile from = disk.openToRead(path);
        DiskFile to = disk.create(damaged.resolve(String.valueOf(path.getFileName())))) {
      long at = 0;
      while (from.read(chunk.clear(), at) > 0) {
        int length = chunk.flip().remaining();
        to.writeFully(chunk, at);
        at += length;
      }
      to.sync();
    }
    disk.syncDirectory(damaged);
  }

  /// Puts in the segment's place what can be read of it, up to the last record of the report.
  void rewrite(FoundSegment segment, long previousFirst, long lastSequence) throws IOException {
    SegmentHeader old = segment.header();
    SegmentHeader header =
        new SegmentHeader(
            old.journal(), old.firstSequence(), previousFirst, old.createdAtMillis(), true);
    directory.placeSegment(
        header,
        out -> {
          DiskFile file = disk.openToRead(segment.path());
          try (FrameReader reader = new FrameReader(file, old, segment.mask())) {
            copy(
                reader, file.size(), lastSequence, new Output(out, segment.mask() ^ header.mask()));
          }
        });
  }

  private static void copy(FrameReader reader, long end, long lastSequence, Output out)
      throws IOException {
    while (true) {
      FrameReader.Step step = reader.next(end);
      boolean frame =
          switch (step) {
            case FRAME -> true;
            case END -> false;
            case INVALID -> reader.resync(end);
          };
      if (!frame || reader.sequence() > lastSequence) {
        return;
      }
      out.write(reader.frame());
    }
  }

  /// Where records go, with their checksums masked for the new file.
  private static final class Output {

    private final DiskFile file;
    private final int maskChange;
    private long at = SegmentHeader.BYTES;

    Output(DiskFile file, int maskChange) {
      this.file = file;
      this.maskChange = maskChange;
    }

    void write(ByteBuffer frame) throws IOException {
      ByteBuffer copy = ByteBuffer.allocate(frame.remaining()).put(frame).flip();
      copy.putInt(0, copy.getInt(0) ^ maskChange);
      int length = copy.remaining();
      file.writeFully(copy, at);
      at += length;
    }
  }
}
