package dev.hooklake.server.pipeline;

import dev.hooklake.lake.Batch;
import dev.hooklake.lake.CommitOutcome;
import java.io.IOException;

/// Where batches end: the lake.
public interface BatchTarget {

  /// The last journal sequence that is wholly in the lake; 0 when there is none. Fails while the
  /// lake cannot be reached.
  long landedThrough() throws IOException;

  CommitOutcome commit(Batch batch) throws InterruptedException;
}
