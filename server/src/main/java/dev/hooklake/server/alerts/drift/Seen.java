package dev.hooklake.server.alerts.drift;

import java.time.Instant;

/// What was seen of one thing in one look through the lake.
record Seen(
    String source,
    DriftKind kind,
    String name,
    Instant firstSeen,
    Instant lastSeen,
    long events,
    String sample,
    String eventKey) {

  /// The same thing in two tables.
  Seen with(Seen other) {
    Seen earlier = other.firstSeen.isBefore(firstSeen) ? other : this;
    return new Seen(
        source,
        kind,
        name,
        earlier.firstSeen,
        other.lastSeen.isAfter(lastSeen) ? other.lastSeen : lastSeen,
        events + other.events,
        earlier.sample,
        earlier.eventKey);
  }
}
