package dev.hooklake.server.app;

import java.time.Duration;

/// How far the journal may grow and for how long it recognises a repeat.
public record JournalLimits(long limitBytes, Duration duplicateWindow) {}
