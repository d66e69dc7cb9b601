package dev.hooklake.server.tracking;

/// What became of one message that was to be registered.
public sealed interface Registration {
  String messageId();

  /// It was unknown and is registered now.
  record Created(String messageId) implements Registration {}

  /// It was registered before; what was missing, such as an external id, has been added.
  record Known(String messageId) implements Registration {}

  /// It contradicts what is registered, and nothing of it was stored.
  record Refused(String messageId, String reason) implements Registration {}
}
