package dev.hooklake.server.enrichment;

import java.time.Instant;

/// What is to be done with an event's job.
public sealed interface Next {

  /// The event has ended; nothing more.
  record Nothing() implements Next {}

  record At(Instant time) implements Next {}
}
