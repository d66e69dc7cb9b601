package dev.hooklake.server.intake;

import dev.hooklake.sources.Verification;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the operator at once when a source's deliveries are refused, then at most once a minute: a
/// wrong key on our side stalls the provider's queue, and a stranger must not fill the log.
final class RefusalLog {
  private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final String source;
  private Instant quietUntil = Instant.MIN;
  private long unsaid;

  RefusalLog(String source) {
    this.source = source;
  }

  void refused(Verification.Refused refusal, Instant at) {
    tell(
        refusal.reason().name(),
        refusal.message(),
        "If the provider sent it, check the source's secret: refusals stall its queue.",
        at);
  }

  void limited(Rejection reason, Instant at) {
    tell(
        reason.name(),
        reason.message(),
        "If the provider sent it, widen the source's limits: it will send it again for a while only.",
        at);
  }

  private synchronized void tell(String reason, String message, String remedy, Instant at) {
    if (at.isBefore(quietUntil)) {
      unsaid++;
      return;
    }
    LOG.warn(
        "Delivery refused: source={} reason={} ({}); {} more since the last such line. {}",
        source,
        reason,
        message,
        unsaid,
        remedy);
    quietUntil = at.plus(PAUSE);
    unsaid = 0;
  }
}
