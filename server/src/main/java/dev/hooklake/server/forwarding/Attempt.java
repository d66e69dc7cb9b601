package dev.hooklake.server.forwarding;

import java.time.Duration;

/// What came of sending an event once.
sealed interface Attempt {

  /// The destination answered 2xx.
  record Delivered() implements Attempt {}

  /// Not taken; to be tried again.
  ///
  /// @param reason for people; nothing of the event, the URL or the answer's text
  /// @param retryAfter what the destination asked for; zero for nothing
  /// @param alive whether the destination answers at all, and this event alone was refused
  record Failed(String reason, Duration retryAfter, boolean alive) implements Attempt {}

  /// The destination says that it will never take anything again.
  record Gone(String reason) implements Attempt {}
}
