package dev.hooklake.sources;

import java.time.Instant;
import java.util.TreeMap;

/// One HTTP arrival, exactly as received: nothing verified, nothing parsed.
///
/// `path` is the request path without the query, `query` the raw text after `?` (empty when none),
/// neither of them decoded; both are needed by sources that sign their URL.
public record Delivery(
    String path, String query, Headers headers, Payload body, Instant receivedAt, Peer peer) {

  /// A delivery that came straight from its sender.
  public Delivery(String path, String query, Headers headers, Payload body, Instant receivedAt) {
    this(path, query, headers, body, receivedAt, Peer.DIRECT);
  }

  /// The same with further headers; of a header that it has already there is only the new one.
  public Delivery with(Headers more) {
    var values = new TreeMap<>(headers.values());
    values.putAll(more.values());
    return new Delivery(path, query, new Headers(values), body, receivedAt, peer);
  }

  /// The same with another query.
  public Delivery withQuery(String other) {
    return new Delivery(path, other, headers, body, receivedAt, peer);
  }

  /// The content type as sent; empty when none or several.
  public String contentType() {
    return headers.single("content-type").orElse("");
  }
}
