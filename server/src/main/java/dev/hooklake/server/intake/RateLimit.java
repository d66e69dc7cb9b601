package dev.hooklake.server.intake;

import java.time.Duration;

/// How many deliveries may come within a time; as many may come at once after a quiet time.
public record RateLimit(int deliveries, Duration per) {
  public RateLimit {
    if (deliveries < 1 || !per.isPositive()) {
      throw new IllegalArgumentException(
          "a rate of " + deliveries + " in " + per + " lets nothing in; give at least 1");
    }
  }
}
