package dev.hooklake.server.intake;

import java.util.Map;

/// One source's balance since the server started; the unit is the event.
public record SourceCounts(
    String source, long received, long accepted, long duplicates, Map<String, Long> rejected) {
  public SourceCounts {
    rejected = Map.copyOf(rejected);
  }

  /// Events that arrived and have no outcome yet; 0 at a quiet moment.
  public long underWay() {
    return received
        - accepted
        - duplicates
        - rejected.values().stream().mapToLong(Long::longValue).sum();
  }
}
