package dev.hooklake.server.tracking;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// By what an unmapped external id may find its message: our id that came back with an event, or
/// channel, recipient and time.
record Clue(String channel, @Nullable String recipientKey, @Nullable String reference, Instant at) {

  static Clue of(StatusEvent event) {
    return new Clue(
        event.channel().label(), event.recipientKey(), event.reference(), event.occurredAt());
  }
}
