package dev.hooklake.server.app;

import dev.hooklake.lake.LakeReader;
import dev.hooklake.lake.TableSnapshot;
import dev.hooklake.server.admin.LakeTables;
import dev.hooklake.server.admin.TableSummary;
import dev.hooklake.sources.event.Table;
import dev.hooklake.sources.event.Tables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The lake as the admin port sees it: read apart from the writer, and only when somebody asks.
record LakeSummaries(LakeReader lake) implements LakeTables {
  @Override
  public List<TableSummary> read() throws IOException {
    var summaries = new ArrayList<TableSummary>();
    for (Table table : Tables.readable()) {
      Optional<TableSnapshot> snapshot = lake.snapshot(table);
      snapshot.map(TableSummary::of).ifPresent(summaries::add);
    }
    return List.copyOf(summaries);
  }
}
