package dev.hooklake.journal;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// One consumer's place in the journal. Used by one thread.
public interface JournalConsumer {

  /// The next records in order, at least one and at most `maxRecords` or about `maxBytes`; waits up
  /// to `wait` for the first one and returns an empty list when none came. Reads only what is
  /// synced.
  List<JournalRecord> read(int maxRecords, long maxBytes, Duration wait)
      throws IOException, InterruptedException;

  /// Goes on reading just after `sequence`, back or forth.
  void seek(long sequence) throws IOException;

  /// Says that the effect of everything up to `sequence` is stored elsewhere: the journal may
  /// delete it.
  void passed(long sequence);
}
