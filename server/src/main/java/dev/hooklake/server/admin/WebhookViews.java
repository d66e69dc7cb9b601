package dev.hooklake.server.admin;

import dev.hooklake.providers.customerio.ReportingWebhook;
import dev.hooklake.server.customerio.ConnectionTest;
import dev.hooklake.server.customerio.WebhookCheck;
import dev.hooklake.server.customerio.Webhooks;
import java.util.List;

/// Customer.io's webhooks as the admin API shows them; never what may be secret in an endpoint.
final class WebhookViews {
  private WebhookViews() {}

  /// @param leadsHere its path is that of the source
  record Webhook(
      long id,
      String name,
      String type,
      boolean enabled,
      boolean leadsHere,
      String endpoint,
      boolean fullResolution,
      boolean withContent,
      List<String> events) {
    static Webhook of(ReportingWebhook webhook, Webhooks of) {
      return new Webhook(
          webhook.id(),
          webhook.name(),
          webhook.type(),
          !webhook.disabled(),
          of.leadsHere(webhook.endpoint()),
          webhook.shownEndpoint(),
          webhook.fullResolution(),
          webhook.withContent(),
          webhook.events().stream().sorted().toList());
    }
  }

  /// A webhook and what a person does next.
  record Registered(Webhook webhook, List<String> nextSteps) {
    static Registered of(Webhooks.Registered registered, Webhooks of) {
      return new Registered(
          Webhook.of(registered.webhook(), of), of.nextSteps(registered.webhook()));
    }
  }

  record Tested(boolean accepted, int status, String meaning) {
    static Tested of(ConnectionTest test) {
      return new Tested(test.isAccepted(), test.status(), test.meaning());
    }
  }

  record Event(String name, boolean subscribed, long arrived, String remark) {}

  record Check(boolean well, List<Webhook> webhooks, List<String> remarks, List<Event> events) {
    static Check of(WebhookCheck check, Webhooks of) {
      return new Check(
          check.isWell(),
          check.webhooks().stream().map(webhook -> Webhook.of(webhook, of)).toList(),
          check.remarks(),
          check.events().stream()
              .map(event ->
                  new Event(event.name(), event.subscribed(), event.arrived(), event.remark()))
              .toList());
    }
  }
}
