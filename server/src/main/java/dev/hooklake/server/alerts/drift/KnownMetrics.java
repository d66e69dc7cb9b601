package dev.hooklake.server.alerts.drift;

import java.util.Set;

/// Metrics that providers' documents name. That a rare one comes for the first time is no news.
final class KnownMetrics {
  private static final Set<String> NAMES =
      Set.of(
          "accepted",
          "attempted",
          "bounced",
          "canceled",
          "cio_subscription_preferences_changed",
          "clicked",
          "complained",
          "converted",
          "deferred",
          "delivered",
          "delivery_delayed",
          "drafted",
          "dropped",
          "failed",
          "opened",
          "partially_delivered",
          "queued",
          "read",
          "received",
          "replied",
          "scheduled",
          "sending",
          "sent",
          "spammed",
          "subscribed",
          "suppressed",
          "undeliverable",
          "undelivered",
          "unsubscribed",
          "lead_created",
          "lead_updated",
          "lead_closed");

  private KnownMetrics() {}

  static boolean contains(String metric) {
    return NAMES.contains(metric);
  }
}
