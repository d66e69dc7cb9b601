package dev.hooklake.server.alerts.drift;

import java.time.Instant;

/// One thing that a source sends.
///
/// @param sample what its value looks like, without the value where it may name somebody
/// @param eventKey an event that has it; empty once it was erased
/// @param isNew it came after the source's first day, and providers' documents do not name it
public record DriftEntry(
    String source,
    DriftKind kind,
    String name,
    Instant firstSeen,
    Instant lastSeen,
    long events,
    String sample,
    String eventKey,
    boolean isNew) {}
