package dev.hooklake.journal;

import dev.hooklake.journal.disk.Crc32c;
import dev.hooklake.journal.disk.Disk;
import dev.hooklake.journal.disk.DiskFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;

/// Up to where the journal was synced, noted in a file beside it after each sync.
///
/// The note itself is not synced: it outlives the process, and as a rule the machine. What it says
/// was true when it was written and stays true, so it only ever proves that something *was* on
/// disk: with it recovery tells damage to the last batch from a write that was never finished. A
/// note that cannot be read is none, and proves nothing.
///
/// | offset | bytes | what |
/// |--------|-------|------|
/// | 0      | 8     | `HOOKMARK` |
/// | 8      | 4     | format version, 1 |
/// | 12     | 16    | journal id |
/// | 28     | 8     | synced through |
/// | 36     | 4     | CRC-32C of bytes 0 to 35 |
final class SyncedMark implements Closeable {

  static final String NAME = "journal.synced";

  private static final long MAGIC = 0x484f_4f4b_4d41_524bL; // HOOKMARK
  private static final int VERSION = 1;
  private static final int BYTES = 40;
  private static final int JOURNAL_AT = 12;
  private static final int SEQUENCE_AT = 28;
  private static final int CRC_AT = 36;

  private final DiskFile file;
  private final ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES);

  private SyncedMark(DiskFile file, UUID journal) {
    this.file = file;
    bytes.putLong(MAGIC).putInt(VERSION);
    bytes.putLong(journal.getMostSignificantBits()).putLong(journal.getLeastSignificantBits());
  }

  /// Notes the first, so that there is room for all that follow.
  static SyncedMark begin(JournalDirectory directory, UUID journal, long sequence)
      throws IOException {
    Disk disk = directory.disk();
    Path path = path(directory);
    DiskFile file =
        disk.list(directory.path()).contains(path) ? disk.open(path) : disk.create(path);
    var mark = new SyncedMark(file, journal);
    try {
      mark.put(sequence);
      return mark;
    } catch (IOException | RuntimeException e) {
      mark.close();
      throw e;
    }
  }

  /// What is noted, whichever journal it is of; empty-handed (0 of no journal) when nothing is.
  static Found read(JournalDirectory directory) throws IOException {
    ByteBuffer read = ByteBuffer.allocate(BYTES);
    try (DiskFile file = directory.disk().openToRead(path(directory))) {
      if (file.size() < BYTES) {
        return Found.NOTHING;
      }
      file.readFully(read, 0);
    } catch (NoSuchFileException _) {
      return Found.NOTHING;
    }
    boolean readable =
        read.getLong(0) == MAGIC
            && read.getInt(8) == VERSION
            && read.getInt(CRC_AT) == Crc32c.of(read, 0, CRC_AT);
    return readable
        ? new Found(
            new UUID(read.getLong(JOURNAL_AT), read.getLong(JOURNAL_AT + 8)),
            read.getLong(SEQUENCE_AT))
        : Found.NOTHING;
  }

  private static Path path(JournalDirectory directory) {
    return directory.path().resolve(NAME);
  }

  /// Everything up to `sequence` is synced.
  void put(long sequence) throws IOException {
    bytes.putLong(SEQUENCE_AT, sequence);
    bytes.putInt(CRC_AT, Crc32c.of(bytes, 0, CRC_AT));
    file.writeFully(bytes.clear(), 0);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /// A note as it was found.
  record Found(UUID journal, long sequence) {

    static final Found NOTHING = new Found(new UUID(0, 0), 0);

    /// Up to where this journal was synced at least; 0 when nothing proves it.
    long through(UUID id) {
      return journal.equals(id) ? sequence : 0;
    }
  }
}
