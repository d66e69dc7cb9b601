package dev.hooklake.server.simulator;

import dev.hooklake.sources.Payload;
import dev.hooklake.sources.signature.Sha256;

/// One webhook to send.
///
/// @param key what the receiver recognises a repeat by
/// @param body the exact bytes
/// @param table the table it must end in: a channel table or `quarantine`
/// @param repeat whether the same bytes were produced before
public record SimulatedEvent(String key, Payload body, String table, boolean repeat) {
  private static final int ID_CHARS = 27;

  /// Some body of which nothing is known, under an id that depends on nothing else.
  static SimulatedEvent of(Payload body) {
    String id = "msg_" + Sha256.hex(body.unsafeBytes()).substring(0, ID_CHARS);
    return new SimulatedEvent(id, body, "", false);
  }

  SimulatedEvent again() {
    return new SimulatedEvent(key, body, table, true);
  }
}
