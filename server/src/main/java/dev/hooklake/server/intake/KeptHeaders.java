package dev.hooklake.server.intake;

import dev.hooklake.sources.Headers;
import dev.hooklake.sources.SourceEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The request headers that are stored with an event. A list of what may stay, so that a credential
/// in a header nobody thought of is never written down.
final class KeptHeaders {
  private static final Set<String> NAMES =
      Set.of(
          "content-encoding",
          "content-type",
          "i-twilio-idempotency-token",
          "svix-id",
          "svix-timestamp",
          "traceparent",
          "user-agent",
          "webhook-id",
          "webhook-timestamp",
          "x-cio-timestamp",
          "x-request-id");

  private KeptHeaders() {}

  static SourceEvent only(SourceEvent event) {
    Map<String, List<String>> headers = event.headers().values();
    if (NAMES.containsAll(headers.keySet())) {
      return event;
    }
    var kept = new TreeMap<>(headers);
    kept.keySet().retainAll(NAMES);
    return new SourceEvent(
        event.source(),
        event.eventKey(),
        event.receivedAt(),
        event.path(),
        new Headers(kept),
        event.contentType(),
        event.body());
  }
}
