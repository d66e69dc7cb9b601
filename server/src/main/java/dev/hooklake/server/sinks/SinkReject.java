package dev.hooklake.server.sinks;

import java.time.Instant;

/// An event that a sink refused for what is in it, without what is in it.
///
/// @param id within the sink
/// @param eventType channel and metric, as in `email.opened`
/// @param resend whether somebody has asked for it to be sent again, and it has not been yet
public record SinkReject(
    String sink,
    String id,
    String source,
    String eventKey,
    String eventType,
    String reason,
    Instant rejectedAt,
    boolean resend) {}
