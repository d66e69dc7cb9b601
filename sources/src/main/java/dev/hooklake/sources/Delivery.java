package dev.hooklake.sources;

import java.time.Instant;

/// One HTTP arrival, exactly as received: nothing verified, nothing parsed.
///
/// `path` is the request path without the query, `query` the raw text after `?` (empty when none);
/// both are needed by sources that sign their URL.
public record Delivery(
    String path, String query, Headers headers, Payload body, Instant receivedAt) {}
