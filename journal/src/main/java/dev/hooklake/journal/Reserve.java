package dev.hooklake.journal;

import dev.hooklake.journal.disk.DiskFile;
import dev.hooklake.journal.disk.DiskFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;

/// Room set aside for the day the disk is full.
///
/// A start writes a little, and full segments may only be released once their keys are in a file.
/// On a full disk neither would ever succeed, although both lead out of it: then the reserve is
/// given back, and until it is set aside again the journal takes no records.
final class Reserve {

  private static final String NAME = "journal.reserve";
  private static final String TEMPORARY = "reserve.tmp";
  private static final long MOST_BYTES = 16 << 20;

  /// One such part of the journal's limit.
  private static final int PART = 64;

  private static final int CHUNK_BYTES = 64 << 10;
  private static final long MILLIS_BETWEEN_TRIES = 1000;

  private final JournalDirectory directory;
  private final long bytes;
  private volatile boolean owed;
  private long lastTryMillis;

  Reserve(JournalDirectory directory, long journalLimitBytes) {
    this.directory = directory;
    this.bytes = Math.min(MOST_BYTES, journalLimitBytes / PART);
  }

  /// Whether it was given back, or found no room, and the disk owes it to us.
  boolean isOwed() {
    return owed;
  }

  /// Gives the room back; false when there is none to give.
  synchronized boolean giveBack() throws IOException {
    owed = true;
    boolean there = isThere();
    directory.disk().delete(path());
    directory.disk().syncDirectory(directory.path());
    return there;
  }

  /// Sets the room aside where that is not so. A full disk goes on owing it; where it cannot be had
  /// for another reason, such as a limit on the size of files, the journal goes without.
  synchronized void restore() {
    try {
      if (!isThere()) {
        setAside();
      }
      owed = false;
    } catch (DiskFullException _) {
      owed = true;
    } catch (IOException _) {
      owed = false;
    }
  }

  /// The same, but not more than once a second: for the writer of records.
  void restoreNowAndThen(long nowMillis) {
    if (owed && Math.abs(nowMillis - lastTryMillis) >= MILLIS_BETWEEN_TRIES) {
      lastTryMillis = nowMillis;
      restore();
    }
  }

  private boolean isThere() throws IOException {
    return directory.disk().list(directory.path()).contains(path());
  }

  private void setAside() throws IOException {
    Path temporary = directory.path().resolve(TEMPORARY);
    try {
      write(temporary);
    } catch (IOException e) {
      directory.disk().delete(temporary);
      throw e;
    }
    directory.disk().rename(temporary, path());
    directory.disk().syncDirectory(directory.path());
  }

  private void write(Path temporary) throws IOException {
    try (DiskFile file = directory.disk().create(temporary)) {
      // Not zeros: some file systems give those no room.
      byte[] noise = new byte[CHUNK_BYTES];
      new Random(bytes).nextBytes(noise);
      for (long at = 0; at < bytes; at += CHUNK_BYTES) {
        int length = (int) Math.min(CHUNK_BYTES, bytes - at);
        file.writeFully(ByteBuffer.wrap(noise, 0, length), at);
      }
      file.sync();
    }
  }

  private Path path() {
    return directory.path().resolve(NAME);
  }
}
