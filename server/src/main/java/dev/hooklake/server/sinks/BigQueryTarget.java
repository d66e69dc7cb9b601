package dev.hooklake.server.sinks;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A table in BigQuery.
///
/// @param credentials key file of a service account; null for what Google's libraries find by
///   themselves
/// @param endpoint where the API is; null for Google's
public record BigQueryTarget(
    String project,
    String dataset,
    String table,
    @Nullable Path credentials,
    @Nullable URI endpoint)
    implements SinkTarget {

  public BigQueryTarget {
    if (project.isBlank() || dataset.isBlank()) {
      throw new IllegalArgumentException("BigQuery needs a project and a dataset; give both");
    }
    if (!table.matches("[A-Za-z0-9_]{1,1024}")) {
      throw new IllegalArgumentException("its table is not a name such as hooklake_events");
    }
  }

  @Override
  public String product() {
    return "bigquery";
  }

  @Override
  public Sink open(String name) {
    return new BigQuerySink(name, this);
  }
}
