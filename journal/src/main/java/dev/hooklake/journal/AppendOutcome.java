package dev.hooklake.journal;

/// What became of one entry. Only the first two may be answered with a 2xx.
public sealed interface AppendOutcome {

  /// On disk and synced.
  record Appended(long sequence) implements AppendOutcome {}

  /// A copy with the same key is on disk and synced within the duplicate window.
  record Duplicate() implements AppendOutcome {}

  /// Nothing written: the journal holds as many bytes as it may.
  record Full() implements AppendOutcome {}

  /// Perhaps written, never promised: a write or a sync failed and the journal has closed itself.
  record Failed(String reason) implements AppendOutcome {}
}
