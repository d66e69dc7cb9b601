package dev.hooklake.server.alerts;

/// What became of a test notice on one channel.
///
/// @param error why it was not taken; empty when it was
public record TestOutcome(String channel, boolean taken, String error) {}
