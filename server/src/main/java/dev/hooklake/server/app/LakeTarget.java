package dev.hooklake.server.app;

import dev.hooklake.lake.Batch;
import dev.hooklake.lake.CommitOutcome;
import dev.hooklake.lake.Lake;
import dev.hooklake.lake.TableSnapshot;
import dev.hooklake.server.admin.LakeTables;
import dev.hooklake.server.admin.TableSummary;
import dev.hooklake.server.pipeline.BatchTarget;
import dev.hooklake.sources.event.Table;
import dev.hooklake.sources.event.Tables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The lake as the pipeline and the admin port see it.
record LakeTarget(Lake lake) implements BatchTarget, LakeTables {
  @Override
  public long landedThrough() throws IOException {
    return lake.landedThrough();
  }

  @Override
  public CommitOutcome commit(Batch batch) throws InterruptedException {
    return lake.commit(batch);
  }

  @Override
  public List<TableSummary> read() throws IOException {
    var summaries = new ArrayList<TableSummary>();
    for (Table table : Tables.all()) {
      Optional<TableSnapshot> snapshot = lake.snapshot(table);
      snapshot.map(TableSummary::of).ifPresent(summaries::add);
    }
    return List.copyOf(summaries);
  }
}
