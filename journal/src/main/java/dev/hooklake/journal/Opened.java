package dev.hooklake.journal;

import dev.hooklake.journal.disk.DiskLock;
import dev.hooklake.journal.index.KeyIndex;
import java.io.IOException;
import java.util.UUID;

/// What opening has found and made ready; the last segment is new and empty.
record Opened(
    UUID id,
    DiskLock lock,
    Segments segments,
    KeyIndex index,
    SyncedPosition synced,
    SyncedMark mark,
    Reserve reserve,
    RecoveryReport report) {

  void giveUp() throws IOException {
    mark.close();
    index.close();
    lock.close();
  }
}
