package dev.hooklake.server.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Lets as many deliveries in as its rate allows: holds up to a period's worth of tokens, which
/// come back evenly over the period.
final class TokenBucket {
  private final RateLimit rate;
  private final InstantSource clock;
  private double tokens;
  private Instant filledAt;

  TokenBucket(RateLimit rate, InstantSource clock) {
    this.rate = rate;
    this.clock = clock;
    this.tokens = rate.deliveries();
    this.filledAt = clock.instant();
  }

  synchronized boolean take() {
    // Read in here: deliveries do not come in the order in which their first bytes arrived, and
    // time that is counted from an earlier one again would fill the bucket twice.
    Instant now = clock.instant();
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
