package dev.hooklake.server.console;

/// A named value.
///
/// @param masked what it says is hidden
public record Fact(String name, String value, boolean masked) {}
