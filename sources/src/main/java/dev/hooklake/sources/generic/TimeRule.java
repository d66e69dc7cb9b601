package dev.hooklake.sources.generic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.fields.EventTime;
import java.time.Instant;
import java.util.Optional;

/// How the time of an event is found.
///
/// @param from without any, the provider tells none and the time of receipt stands for it
/// @param receivedWhenMissing whether the time of receipt also stands for one that an event lacks
record TimeRule(ValueRule from, EventTime format, boolean receivedWhenMissing) {

  /// Empty when the event has no usable time and the time of receipt may not stand for it.
  Optional<Instant> of(JsonNode body, SourceEvent event) {
    Optional<String> text = from.text(body, event.headers());
    if (text.isEmpty() && (from.from().isEmpty() || receivedWhenMissing)) {
      return Optional.of(event.receivedAt());
    }
    return text.flatMap(format::parse);
  }
}
