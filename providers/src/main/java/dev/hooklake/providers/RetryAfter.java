package dev.hooklake.providers;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;

/// The header `Retry-After` in whole seconds, as these providers send it. Anything else is as good
/// as none.
final class RetryAfter {
  private static final long MOST_SECONDS = 7 * 86_400;

  private RetryAfter() {}

  static Optional<Duration> in(HttpHeaders headers) {
    return headers
        .firstValue("Retry-After")
        .map(String::strip)
        .filter(text -> text.matches("[0-9]{1,9}"))
        .map(text -> Duration.ofSeconds(Math.min(Long.parseLong(text), MOST_SECONDS)));
  }
}
