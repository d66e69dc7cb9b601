package dev.hooklake.server.simulator;

import dev.hooklake.sources.Headers;

/// What makes an event authentic.
///
/// @param query what is added to the URL that is called; mostly empty
public record Signed(String query, Headers headers) {}
