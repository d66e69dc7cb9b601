package dev.hooklake.server.customerio;

import dev.hooklake.providers.customerio.EventNames;
import dev.hooklake.providers.customerio.ReportingWebhook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// What our webhooks are subscribed to, beside what we can take and what arrives.
///
/// @param webhooks those that lead here
/// @param remarks what a person should know of them
/// @param events every event that is known, subscribed to, or arrived
public record WebhookCheck(
    List<ReportingWebhook> webhooks, List<String> remarks, List<Event> events) {
  public WebhookCheck {
    webhooks = List.copyOf(webhooks);
    remarks = List.copyOf(remarks);
    events = List.copyOf(events);
  }

  /// An event by its name in subscriptions.
  ///
  /// @param arrived how often, not counting what was fetched
  /// @param known this version has a table for it
  public record Event(String name, boolean subscribed, long arrived, boolean known) {

    /// It comes from another webhook to the same address, or from before a change.
    public boolean isStray() {
      return arrived > 0 && !subscribed;
    }

    /// What is to be said of it; may be empty.
    public String remark() {
      if (isStray()) {
        return "arrives without being subscribed to";
      }
      return known ? "" : "not known to this version; kept if it arrives";
    }
  }

  public static WebhookCheck of(List<ReportingWebhook> webhooks, Map<String, Long> arrived) {
    List<ReportingWebhook> enabled = webhooks.stream().filter(each -> !each.disabled()).toList();
    var subscribed = new TreeSet<String>();
    enabled.forEach(each -> subscribed.addAll(each.events()));
    var names = new TreeSet<>(EventNames.ALL);
    names.addAll(subscribed);
    names.addAll(arrived.keySet());
    List<Event> events =
        names.stream()
            .map(name ->
                new Event(
                    name,
                    subscribed.contains(name),
                    arrived.getOrDefault(name, 0L),
                    EventNames.ALL.contains(name)))
            .toList();
    return new WebhookCheck(webhooks, remarks(enabled), events);
  }

  private static List<String> remarks(List<ReportingWebhook> enabled) {
    List<String> remarks = new ArrayList<>();
    if (enabled.isEmpty()) {
      remarks.add("No enabled webhook leads here: nothing arrives.");
    }
    if (enabled.size() > 1) {
      remarks.add(
          "Several enabled webhooks lead here: events may arrive once for each, under different"
              + " ids.");
    }
    if (enabled.stream().anyMatch(each -> !each.fullResolution())) {
      remarks.add(
          "Only a delivery's first open and click are sent: a machine's may hide a person's. See"
              + " update --full-resolution true.");
    }
    return remarks;
  }

  /// One enabled webhook, and whatever arrives is subscribed to.
  public boolean isWell() {
    return webhooks.stream().filter(each -> !each.disabled()).count() == 1
        && events.stream().noneMatch(Event::isStray);
  }
}
