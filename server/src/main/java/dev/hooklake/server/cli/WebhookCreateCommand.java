package dev.hooklake.server.cli;

import static dev.hooklake.server.cli.CustomerIoOptions.given;

import dev.hooklake.providers.Answer;
import dev.hooklake.providers.Failure;
import dev.hooklake.providers.customerio.CustomerIoApi;
import dev.hooklake.providers.customerio.ReportingWebhook;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Registers our public address at Customer.io, switched off until the signing key is known here.
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    description = {
      "Register our public address, switched off, and say what comes next.",
      "",
      "Switched off, because the signing key exists only from now on: what this server cannot verify"
          + " it refuses, and a refusal holds Customer.io's queue up for an hour. An address that is"
          + " registered already is left as it is."
    })
final class WebhookCreateCommand implements Callable<Integer> {
  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private CustomerIoOptions options = new CustomerIoOptions();
  @Mixin private WebhookWish wish = new WebhookWish();

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      required = true,
      description =
          "Where the world reaches the source's path, such as"
              + " https://hooks.example.org/webhook/customerio.")
  private URI endpoint = URI.create("");

  WebhookCreateCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    checkEndpoint();
    CustomerIoApi api = options.api(context);
    Optional<ReportingWebhook> there = there(api);
    ReportingWebhook webhook = there.isPresent() ? there.get() : create(api);
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "webhook "
            + webhook.id()
            + (there.isPresent() ? " was there already, " : " is created, ")
            + WebhookText.state(webhook));
    if (webhook.disabled()) {
      next(webhook, out);
    }
    out.flush();
    return 0;
  }

  private void checkEndpoint() throws IOException {
    String path = options.access(context).path();
    if (endpoint.getHost() == null || !String.valueOf(endpoint.getScheme()).matches("https?")) {
      throw new ParameterException(
          spec.commandLine(), "--endpoint is the whole address, with https:// and a host");
    }
    if (!String.valueOf(endpoint.getPath()).endsWith(path)) {
      throw new ParameterException(
          spec.commandLine(),
          "--endpoint does not end with " + path + ", where the source receives webhooks");
    }
  }

  private Optional<ReportingWebhook> there(CustomerIoApi api) throws InterruptedException {
    return given(api.webhooks()).stream()
        .filter(webhook -> webhook.endpoint().equals(endpoint.toString()))
        .findFirst();
  }

  /// After a lost answer it may exist: then it is in the list.
  private ReportingWebhook create(CustomerIoApi api) throws InterruptedException {
    Answer<ReportingWebhook> answer = api.create(wish.created(endpoint.toString(), spec));
    boolean perhapsDone =
        answer instanceof Answer.Failed<ReportingWebhook>(Failure why)
            && why instanceof Failure.Unavailable;
    Optional<ReportingWebhook> there = perhapsDone ? there(api) : Optional.empty();
    return there.isPresent() ? there.get() : given(answer);
  }

  private void next(ReportingWebhook webhook, PrintWriter out) {
    out.println();
    out.println("Next:");
    out.println(
        "  1. In Customer.io: Integrations, Reporting Webhooks, the webhook named '"
            + webhook.name()
            + "'; copy its signing key.");
    out.println("  2. Set CUSTOMERIO_WEBHOOK_SECRET to it and restart the server.");
    out.println("  3. ./hooklake customerio webhooks test " + webhook.id());
    out.println("  4. ./hooklake customerio webhooks enable " + webhook.id());
  }
}
