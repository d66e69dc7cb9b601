package dev.hooklake.server.cli;

import dev.hooklake.providers.customerio.EventNames;
import dev.hooklake.providers.customerio.ReportingWebhook;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/// Customer.io's webhooks as people read them; never what may be secret in an endpoint.
final class WebhookText {
  private WebhookText() {}

  static void list(List<ReportingWebhook> webhooks, PrintWriter out) {
    var table = new TablePrinter(out);
    table.columns(List.of("id", "name", "state", "events", "opens and clicks", "endpoint"));
    for (ReportingWebhook webhook : webhooks) {
      table.row(
          List.of(
              webhook.id(),
              webhook.name(),
              state(webhook),
              webhook.events().size(),
              resolution(webhook),
              webhook.shownEndpoint()));
    }
    table.end();
  }

  static void one(ReportingWebhook webhook, PrintWriter out) {
    line(out, "id", String.valueOf(webhook.id()));
    line(out, "name", webhook.name());
    line(out, "type", webhook.type());
    line(out, "state", state(webhook));
    line(out, "endpoint", webhook.shownEndpoint());
    line(out, "opens, clicks", resolution(webhook));
    line(out, "bodies", webhook.withContent() ? "sent along" : "not sent");
    line(out, "events", webhook.events().size() + " of " + EventNames.ALL.size() + " known");
    webhook.events().stream().sorted().forEach(event -> line(out, "", event));
    out.flush();
  }

  private static void line(PrintWriter out, String label, String value) {
    out.println(
        String.format(Locale.ROOT, "%-14s %s", label, value.replaceAll("\\p{Cntrl}", " "))
            .stripTrailing());
  }

  static String state(ReportingWebhook webhook) {
    return webhook.disabled() ? "disabled" : "enabled";
  }

  private static String resolution(ReportingWebhook webhook) {
    return webhook.fullResolution() ? "every one" : "the first of a delivery";
  }
}
