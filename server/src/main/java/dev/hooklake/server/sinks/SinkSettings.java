package dev.hooklake.server.sinks;

/// A sink and where it is.
///
/// @param name under which the journal and the database keep its place
public record SinkSettings(String name, SinkTarget target) {

  /// The consumer's name.
  public String consumer() {
    return "sink-" + name;
  }
}
