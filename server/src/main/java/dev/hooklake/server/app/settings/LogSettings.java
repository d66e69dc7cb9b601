package dev.hooklake.server.app.settings;

/// How much is logged, and in which form.
///
/// @param json one JSON object a line instead of text
public record LogSettings(String level, boolean json) {}
