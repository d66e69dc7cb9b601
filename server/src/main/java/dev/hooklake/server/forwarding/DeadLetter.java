package dev.hooklake.server.forwarding;

import java.time.Instant;

/// An event that a destination did not take within the time given to it.
///
/// @param id what the receiver would have known it by
/// @param reason of the last attempt
public record DeadLetter(
    String destination,
    String id,
    String source,
    String eventKey,
    int attempts,
    Instant queuedAt,
    String reason) {}
