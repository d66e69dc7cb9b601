package dev.hooklake.server.simulator;

import dev.hooklake.sources.Payload;

/// One webhook to send.
///
/// @param key what the receiver recognises a repeat by
/// @param body the exact bytes
/// @param table the table it must end in: a channel table or `quarantine`
/// @param repeat whether the same bytes were produced before
public record SimulatedEvent(String key, Payload body, String table, boolean repeat) {

  SimulatedEvent again() {
    return new SimulatedEvent(key, body, table, true);
  }
}
