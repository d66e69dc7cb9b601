package dev.hooklake.server.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Says why an event is not here, from how the provider's webhook was set and from what else is
/// here of its delivery.
///
/// @param now the webhook's setting as of `at`
/// @param before settings as they were seen, oldest first
/// @param settle how long an event may be under way
record Explanations(Subscription now, List<Observation> before, Instant at, Duration settle) {

  /// How the webhook was set at a moment.
  record Observation(Instant seenAt, Subscription subscription) {}

  Explanations {
    before = List.copyOf(before);
  }

  Reason why(ListedMessage message, Fact fact, Held held) {
    if (fact.at().isAfter(at.minus(settle))) {
      return Reason.MAY_STILL_ARRIVE;
    }
    Subscription then = now.known() ? lastSeen(fact.at()) : Subscription.UNKNOWN;
    if (!then.known()) {
      return Reason.UNEXPLAINED;
    }
    if (!then.sends(message.channel(), fact.metric())) {
      return Reason.NOT_SUBSCRIBED;
    }
    if (!then.fullResolution() && fact.doer() != Doer.ANYONE && held.any(fact.metric())) {
      return Reason.FIRST_ONLY;
    }
    return then.disabled() ? Reason.WEBHOOK_DISABLED : Reason.UNEXPLAINED;
  }

  /// By the last look until that moment. What it was before the first look nobody knows, and
  /// today's setting would explain a loss away.
  private Subscription lastSeen(Instant moment) {
    Subscription last = Subscription.UNKNOWN;
    for (Observation observation : before) {
      if (observation.seenAt().isAfter(moment)) {
        return last;
      }
      last = observation.subscription();
    }
    return last;
  }
}
