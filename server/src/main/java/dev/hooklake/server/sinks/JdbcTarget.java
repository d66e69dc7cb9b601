package dev.hooklake.server.sinks;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A table that is reached by JDBC.
///
/// @param url without credentials in messages: its origin alone is shown
/// @param driverJar where its driver is; null for those that come with the program
public record JdbcTarget(
    String url,
    @Nullable String user,
    @Nullable String password,
    String table,
    @Nullable Path driverJar,
    Upsert upsert)
    implements SinkTarget {

  public JdbcTarget {
    if (!url.startsWith("jdbc:")) {
      throw new IllegalArgumentException(
          "its url is not like jdbc:postgresql://host:5432/database");
    }
    if (!table.matches("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?")) {
      throw new IllegalArgumentException(
          "its table is not a name such as hooklake_events or analytics.hooklake_events");
    }
  }

  /// Refuses a target that no driver reaches, with an [IllegalArgumentException]. Looks into the
  /// driver's jar; connects to nothing.
  public JdbcTarget withDriver() {
    try (var _ = new JdbcDriver(this)) {
      return this;
    }
  }

  /// How a row is written over when it is there already.
  public enum Upsert {
    /// PostgreSQL, SQLite, DuckDB and their like.
    ON_CONFLICT,
    /// The standard's.
    MERGE
  }

  @Override
  public String product() {
    int end = url.indexOf(':', "jdbc:".length());
    return end < 0 ? "jdbc" : url.substring(0, end);
  }

  @Override
  public Sink open(String name) {
    return new JdbcSink(name, this);
  }

  /// Nothing of it: it holds a password.
  @Override
  public String toString() {
    return "JdbcTarget[" + product() + " " + table + "]";
  }
}
