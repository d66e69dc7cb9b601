package dev.hooklake.server.console;

import dev.hooklake.sources.SourceEvent;

/// An event as it was received.
///
/// @param inJournal it has not landed yet
record FoundEvent(SourceEvent event, long sequence, boolean inJournal) {}
