package dev.hooklake.server.sinks;

/// A table somewhere else, as the settings name it.
public sealed interface SinkTarget permits JdbcTarget, BigQueryTarget {

  /// What it is, for people; no address, since such addresses hold credentials.
  String product();

  String table();

  /// Connects with the first events.
  Sink open(String name);
}
