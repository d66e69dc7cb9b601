package dev.hooklake.providers;

import java.time.Duration;

/// Why a provider gave no answer that can be used.
///
/// | failure     | does repeating help?                                               |
/// |-------------|--------------------------------------------------------------------|
/// | Denied      | no: another key, region, scope or address is needed                |
/// | NotFound    | no                                                                 |
/// | Refused     | no: the request itself is wrong                                    |
/// | OverLimit   | later: retries were used up, or the wait asked for is too long     |
/// | Unavailable | later; where the request changes something, it may have been done  |
/// | Unreadable  | perhaps: an answer without the promised shape, or a list that loops |
///
/// Messages name the call, never a key, a query or a person.
public sealed interface Failure {
  String message();

  record Denied(String message) implements Failure {}

  record NotFound(String message) implements Failure {}

  record Refused(String message) implements Failure {}

  /// Too many requests.
  ///
  /// @param retryAfter what the provider asked for; zero when it did not say
  record OverLimit(String message, Duration retryAfter) implements Failure {}

  record Unavailable(String message) implements Failure {}

  record Unreadable(String message) implements Failure {}
}
