package dev.hooklake.server.admin;

import dev.hooklake.sources.SourceEvent;

/// An event as it was received.
///
/// @param inJournal it has not landed yet
public record FoundEvent(SourceEvent event, long sequence, boolean inJournal) {}
