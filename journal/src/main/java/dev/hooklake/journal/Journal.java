package dev.hooklake.journal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The write-ahead log in front of the lake.
///
/// Appends from many threads share one sync. Consumers read in order, each at its own pace; what
/// every consumer has passed is deleted.
public interface Journal extends AutoCloseable {

  /// Made when the journal is created, kept for its life: sequences mean something only within it.
  UUID id();

  /// Blocks until every entry is synced, recognised as a duplicate of a synced one, or refused.
  /// Outcomes stand in the order of the entries.
  List<AppendOutcome> append(List<Entry> entries) throws InterruptedException;

  /// Opens the named consumer just after `sequence` (0: at the start). Names are fixed when the
  /// journal is opened; nothing is released before each of them has said where it stands.
  JournalConsumer consumer(String name, long afterSequence) throws IOException;

  /// The first record with this key after `afterSequence` among those still held.
  ///
  /// Reads every record on the way, about a second a gigabyte: for a person's question, not for the
  /// request path.
  Optional<JournalRecord> find(EventKey key, long afterSequence) throws IOException;

  JournalStatus status();

  /// Lets appends under way finish, seals the files and closes them. Idempotent.
  @Override
  void close() throws IOException;
}
