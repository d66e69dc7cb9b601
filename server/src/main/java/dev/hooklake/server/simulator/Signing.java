package dev.hooklake.server.simulator;

import java.time.Instant;

/// Makes an event authentic.
@FunctionalInterface
interface Signing {

  /// Gives what to send beside the body.
  ///
  /// @param url the URL that the provider was told to call
  Signed sign(SimulatedEvent event, String url, Instant at);
}
