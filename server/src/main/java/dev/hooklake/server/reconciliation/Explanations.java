package dev.hooklake.server.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Says why an event is not here, from how the provider's webhook was set and from what else is
/// here of its delivery.
///
/// @param now the webhook's setting as of `at`
/// @param before earlier settings, oldest first
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
    if (!now.known()) {
      return Reason.UNEXPLAINED;
    }
    if (!now.sends(message.channel(), fact.metric())) {
      return Reason.NOT_SUBSCRIBED;
    }
    if (!now.fullResolution() && fact.doer() != Doer.ANYONE && held.any(fact.metric())) {
      return Reason.FIRST_ONLY;
    }
    return disabledAt(fact.at()) ? Reason.WEBHOOK_DISABLED : Reason.UNEXPLAINED;
  }

  /// By the last look before that moment; what it was before the first look nobody knows.
  private boolean disabledAt(Instant moment) {
    boolean disabled = false;
    for (Observation observation : before) {
      if (observation.seenAt().isAfter(moment)) {
        return disabled;
      }
      disabled = observation.subscription().disabled();
    }
    return disabled;
  }
}
