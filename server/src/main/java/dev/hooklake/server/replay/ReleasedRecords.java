package dev.hooklake.server.replay;

import dev.hooklake.journal.JournalRecord;
import java.io.IOException;
import java.util.List;

/// Where records are found that the journal has let go.
@FunctionalInterface
public interface ReleasedRecords {

  /// Those after `after` up to and including `through` that are still known, in order.
  List<JournalRecord> read(long after, long through) throws IOException;
}
