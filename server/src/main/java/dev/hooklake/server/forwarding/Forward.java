package dev.hooklake.server.forwarding;

import java.time.Instant;

/// One event on its way to one destination.
///
/// @param webhookId what the receiver knows it by, the same for every attempt
/// @param attempts made so far
/// @param dueAt when it may be sent
record Forward(
    String destination,
    String webhookId,
    String body,
    int attempts,
    Instant queuedAt,
    Instant dueAt) {

  /// The ids only: the body holds personal data.
  @Override
  public String toString() {
    return "Forward[" + destination + " " + webhookId + "]";
  }
}
