package dev.hooklake.server.app;

/// How much is logged, and how.
///
/// @param json one JSON object a line instead of text
public record LogSettings(String level, boolean json) {}
