package dev.hooklake.server.app;

import dev.hooklake.lake.Batch;
import dev.hooklake.lake.CommitOutcome;
import dev.hooklake.lake.Lake;
import dev.hooklake.server.pipeline.BatchTarget;
import java.io.IOException;

/// The lake as the pipeline sees it.
record LakeTarget(Lake lake) implements BatchTarget {
  @Override
  public long landedThrough() throws IOException {
    return lake.landedThrough();
  }

  @Override
  public CommitOutcome commit(Batch batch) throws InterruptedException {
    return lake.commit(batch);
  }
}
