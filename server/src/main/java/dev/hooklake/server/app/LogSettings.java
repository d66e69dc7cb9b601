package dev.hooklake.server.app;

/// @param json one JSON object a line instead of text
public record LogSettings(String level, boolean json) {}
