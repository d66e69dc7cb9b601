package dev.hooklake.server.cli;

import dev.hooklake.server.customerio.WebhookWish;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// What a webhook is to send.
final class WebhookOptions {
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

  WebhookWish wish(CommandSpec spec) {
    try {
      return new WebhookWish(name, events, fullResolution, withContent);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
