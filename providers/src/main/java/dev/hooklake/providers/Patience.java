package dev.hooklake.providers;

import java.time.Duration;

/// How long a client goes on trying: attempts of one call, the first wait between two of them
/// (doubled each time up to the longest), the longest wait a provider may ask for, and the time one
/// attempt may take from its first byte to its last.
public record Patience(
    int attempts,
    Duration firstWait,
    Duration longestWait,
    Duration longestAskedWait,
    Duration attemptTime) {

  public static final Patience USUAL =
      new Patience(
          6,
          Duration.ofMillis(500),
          Duration.ofSeconds(8),
          Duration.ofMinutes(1),
          Duration.ofSeconds(30));

  public Patience {
    if (attempts < 1 || attempts > 20) {
      throw new IllegalArgumentException("give 1 to 20 attempts, not " + attempts);
    }
  }

  Duration waitAfter(int attempt) {
    Duration wait = firstWait.multipliedBy(1L << Math.min(attempt - 1, 10));
    return wait.compareTo(longestWait) < 0 ? wait : longestWait;
  }
}
