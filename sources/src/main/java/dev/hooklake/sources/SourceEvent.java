package dev.hooklake.sources;

import java.time.Instant;

/// One fact in a delivery, as the journal keeps it and the landing table shows it.
///
/// `source` is the configured name; `eventKey` is what is de-duplicated within it; `headers` are
/// the allow-listed ones only; `body` is the event's exact text (for a source that sends one event
/// a delivery: the whole body). `path` is the request's, or [Origin#backfillPath] of what was asked
/// of the provider's API.
public record SourceEvent(
    String source,
    String eventKey,
    Instant receivedAt,
    String path,
    Headers headers,
    String contentType,
    Payload body) {

  public Origin origin() {
    return Origin.ofPath(path);
  }
}
