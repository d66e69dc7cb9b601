package dev.hooklake.server.access;

import java.time.Instant;

/// One thing somebody did.
///
/// @param id orders entries by time
/// @param actor who, as `Caller.name` has it
/// @param action what, in a word such as `event.revealed`
/// @param target on what: an event, a source, a table; no personal data
/// @param detail what else matters; no personal data
/// @param outcome how it ended
public record AuditEntry(
    String id,
    Instant at,
    String actor,
    Role role,
    String action,
    String target,
    String detail,
    AuditOutcome outcome) {}
