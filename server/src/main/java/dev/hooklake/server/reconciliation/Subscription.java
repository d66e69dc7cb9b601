package dev.hooklake.server.reconciliation;

import dev.hooklake.sources.event.Channel;
import java.util.Set;

/// What the provider's webhook to us sends; of several, what they send together.
///
/// @param webhookId 0 when we do not know of any, the lowest of several
/// @param disabled none of them is on
/// @param events what it is subscribed to: `<channel>_<metric>`
/// @param fullResolution every open and click is sent, not only a delivery's first
public record Subscription(
    long webhookId, boolean disabled, boolean fullResolution, Set<String> events) {

  /// No webhook of the provider is known to be ours, so that nothing is explained by it.
  public static final Subscription UNKNOWN = new Subscription(0, false, true, Set.of());

  public Subscription {
    events = Set.copyOf(events);
  }

  boolean sends(Channel channel, String metric) {
    return events.contains(channel.label() + "_" + metric);
  }

  boolean known() {
    return webhookId != 0;
  }
}
