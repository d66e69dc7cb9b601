package dev.hooklake.server.cli;

import dev.hooklake.providers.customerio.EventNames;
import dev.hooklake.providers.customerio.ReportingWebhook;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// What a webhook is to send.
final class WebhookWish {
  @Option(
      names = "--name",
      paramLabel = "TEXT",
      description = "Its name on Customer.io's page; default for a new one: hooklake.")
  private @Nullable String name;

  @Option(
      names = "--events",
      paramLabel = "NAMES",
      split = ",",
      description =
          "Comma separated, such as email_sent,email_opened; default for a new one: all 72.")
  private @Nullable List<String> events;

  @Option(
      names = "--full-resolution",
      paramLabel = "true|false",
      arity = "1",
      description =
          "true: every open and click. false: a delivery's first one only, which may be a machine's"
              + " and hide the person's. Default for a new one: true.")
  private @Nullable Boolean fullResolution;

  @Option(
      names = "--with-content",
      paramLabel = "true|false",
      arity = "1",
      description =
          "true: bodies of messages come along with sent events; large, and full of personal data."
              + " Default for a new one: false.")
  private @Nullable Boolean withContent;

  ReportingWebhook created(String endpoint, CommandSpec spec) {
    var usual =
        new ReportingWebhook(0, "webhook", "hooklake", endpoint, EventNames.ALL, true, true, false);
    return changed(usual, spec);
  }

  ReportingWebhook changed(ReportingWebhook webhook, CommandSpec spec) {
    List<String> chosen = events == null ? webhook.events() : events;
    for (String event : chosen) {
      if (!event.matches("[a-z_]{3,60}")) {
        throw new ParameterException(
            spec.commandLine(), "'" + event + "' is no event; an example is email_delivered");
      }
    }
    return new ReportingWebhook(
        webhook.id(),
        webhook.type(),
        name == null ? webhook.name() : name,
        webhook.endpoint(),
        chosen,
        webhook.disabled(),
        fullResolution == null ? webhook.fullResolution() : fullResolution,
        withContent == null ? webhook.withContent() : withContent);
  }
}
