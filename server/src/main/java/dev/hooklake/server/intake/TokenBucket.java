package dev.hooklake.server.intake;

import java.time.Duration;
import java.time.Instant;

/// Lets as many deliveries in as its rate allows: holds up to a period's worth of tokens, which
/// come back evenly over the period.
final class TokenBucket {
  private final RateLimit rate;
  private double tokens;
  private Instant filledAt;

  TokenBucket(RateLimit rate, Instant now) {
    this.rate = rate;
    this.tokens = rate.deliveries();
    this.filledAt = now;
  }

  synchronized boolean take(Instant now) {
    Duration since = Duration.between(filledAt, now);
    // A clock that was set back gives nothing, and takes nothing away.
    if (since.isPositive()) {
      double share = (double) since.toNanos() / rate.per().toNanos();
      tokens = Math.min(rate.deliveries(), tokens + share * rate.deliveries());
    }
    filledAt = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
