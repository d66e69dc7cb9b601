package dev.hooklake.server.console;

/// A sentence that stands out: what is so, and what to do about it.
///
/// @param kind `good`, `warn`, `bad`, `info`: its colour
public record Note(String kind, String text, String advice) {}
