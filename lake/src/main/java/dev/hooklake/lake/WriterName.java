package dev.hooklake.lake;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// How the files of one writer are told from everybody else's.
///
/// Every file we write is called `hooklake-<journal>-<run>-<number>`. Only one process at a time
/// holds a journal, so after a crash a file of our journal and of another run that no table refers
/// to is ours to delete, and nobody else's file ever is.
final class WriterName {
  private final String journal;
  private final String run;
  private final AtomicLong files = new AtomicLong();

  WriterName(UUID journalId, UUID run) {
    journal = "hooklake-" + journalId + "-";
    this.run = journal + Long.toHexString(run.getMostSignificantBits() >>> 32) + "-";
  }

  /// A name that no other file has or will ever have.
  String next() {
    return run + Long.toHexString(files.incrementAndGet());
  }

  /// Whether an earlier run on the same journal wrote the file.
  boolean isFromEarlierRun(String fileName) {
    String name = fileName.startsWith(".") ? fileName.substring(1) : fileName;
    return name.startsWith(journal) && !name.startsWith(run);
  }
}
