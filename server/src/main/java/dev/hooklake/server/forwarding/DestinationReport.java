package dev.hooklake.server.forwarding;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a destination stands.
///
/// @param origin where it is, without path and query
/// @param oldestWaitingAt when the oldest of those that wait was queued
/// @param breaker `closed` while all is well, else `open` or `half-open`
/// @param delivered since this server started
/// @param lastFailure of the last attempt that failed, since this server started
public record DestinationReport(
    String name,
    String origin,
    long waiting,
    long dead,
    @Nullable Instant oldestWaitingAt,
    String breaker,
    long delivered,
    @Nullable String lastFailure) {}
