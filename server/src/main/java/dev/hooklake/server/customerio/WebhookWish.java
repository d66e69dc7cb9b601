package dev.hooklake.server.customerio;

import dev.hooklake.providers.customerio.EventNames;
import dev.hooklake.providers.customerio.ReportingWebhook;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a webhook is to send. What is null stays as it is; a new one gets every event, every open
/// and click, and no bodies.
public record WebhookWish(
    @Nullable String name,
    @Nullable List<String> events,
    @Nullable Boolean fullResolution,
    @Nullable Boolean withContent) {
  private static final String USUAL_NAME = "hooklake";
  private static final int LONGEST_NAME = 200;

  /// Refuses what Customer.io could not mean, with an [IllegalArgumentException].
  public WebhookWish {
    if (name != null && (name.isBlank() || name.length() > LONGEST_NAME)) {
      throw new IllegalArgumentException(
          "a webhook's name has 1 to " + LONGEST_NAME + " characters");
    }
    if (events != null) {
      events = List.copyOf(events);
      requireNames(events);
    }
  }

  private static void requireNames(List<String> events) {
    if (events.isEmpty()) {
      throw new IllegalArgumentException("give at least one event, such as email_delivered");
    }
    for (String event : events) {
      if (!event.matches("[a-z_]{3,60}")) {
        throw new IllegalArgumentException(
            "'" + event + "' is no event; an example is email_delivered");
      }
    }
  }

  /// A new webhook, switched off.
  ReportingWebhook created(String endpoint) {
    return changed(
        new ReportingWebhook(
            0, "webhook", USUAL_NAME, endpoint, EventNames.ALL, true, true, false));
  }

  ReportingWebhook changed(ReportingWebhook webhook) {
    return new ReportingWebhook(
        webhook.id(),
        webhook.type(),
        name == null ? webhook.name() : name,
        webhook.endpoint(),
        events == null ? webhook.events() : events,
        webhook.disabled(),
        fullResolution == null ? webhook.fullResolution() : fullResolution,
        withContent == null ? webhook.withContent() : withContent);
  }
}
