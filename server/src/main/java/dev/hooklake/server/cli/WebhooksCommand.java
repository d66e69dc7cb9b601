package dev.hooklake.server.cli;

import static dev.hooklake.server.cli.CustomerIoOptions.given;

import dev.hooklake.providers.customerio.CustomerIoApi;
import dev.hooklake.providers.customerio.ReportingWebhook;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Looks at Customer.io's reporting webhooks and changes them.
@Command(
    name = "webhooks",
    mixinStandardHelpOptions = true,
    description = {
      "Look at Customer.io's reporting webhooks, and register ours.",
      "",
      "Needs an App API key: CUSTOMERIO_APP_API_KEY, and CUSTOMERIO_REGION=eu for accounts in the"
          + " EU. The signing key of a webhook is not in this API: it is shown on the webhook's page"
          + " only."
    })
final class WebhooksCommand implements Runnable {
  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();

  WebhooksCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "give one of: list, get, create, update, enable, disable, delete, test, check");
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "List all webhooks.")
  int list(@Mixin CustomerIoOptions options) throws IOException, InterruptedException {
    WebhookText.list(given(options.api(context).webhooks()), out());
    return 0;
  }

  @Command(
      name = "get",
      mixinStandardHelpOptions = true,
      description = "Show one webhook with all it is subscribed to.")
  int get(
      @Mixin CustomerIoOptions options,
      @Parameters(paramLabel = "ID", description = "The webhook's id.") long id)
      throws IOException, InterruptedException {
    WebhookText.one(given(options.api(context).webhook(id)), out());
    return 0;
  }

  @Command(
      name = "update",
      mixinStandardHelpOptions = true,
      description = "Change what a webhook sends; what is not given stays as it is.")
  int update(
      @Mixin CustomerIoOptions options,
      @Mixin WebhookOptions wish,
      @Parameters(paramLabel = "ID", description = "The webhook's id.") long id)
      throws IOException, InterruptedException {
    WebhookText.one(given(options.webhooks(context).change(id, wish.wish(spec))), out());
    return 0;
  }

  @Command(
      name = "enable",
      mixinStandardHelpOptions = true,
      description = {
        "Switch a webhook on.",
        "",
        "Only when this server knows the signing key: what it refuses holds Customer.io's whole queue"
            + " up for an hour."
      })
  int enable(
      @Mixin CustomerIoOptions options,
      @Parameters(paramLabel = "ID", description = "The webhook's id.") long id)
      throws IOException, InterruptedException {
    options.requireSigningKey(context);
    return turn(options, id, false);
  }

  @Command(
      name = "disable",
      mixinStandardHelpOptions = true,
      description = {
        "Switch a webhook off.",
        "",
        "What happens meanwhile is not sent later; 'hooklake backfill' fetches it."
      })
  int disable(
      @Mixin CustomerIoOptions options,
      @Parameters(paramLabel = "ID", description = "The webhook's id.") long id)
      throws IOException, InterruptedException {
    return turn(options, id, true);
  }

  private int turn(CustomerIoOptions options, long id, boolean disabled)
      throws IOException, InterruptedException {
    ReportingWebhook turned = given(options.webhooks(context).turn(id, disabled));
    out().println("webhook " + id + " is " + WebhookText.state(turned));
    out().flush();
    return 0;
  }

  @Command(
      name = "delete",
      mixinStandardHelpOptions = true,
      description = "Delete a webhook at Customer.io.")
  int delete(
      @Mixin CustomerIoOptions options,
      @Parameters(paramLabel = "ID", description = "The webhook's id.") long id,
      @Option(names = "--yes", description = "Really do it.") boolean sure)
      throws IOException, InterruptedException {
    CustomerIoApi api = options.api(context);
    ReportingWebhook webhook = given(api.webhook(id));
    if (!sure) {
      throw new CommandFailure(
          "this deletes webhook " + id + " to " + webhook.shownEndpoint() + "; add --yes");
    }
    given(api.delete(id));
    out().println("webhook " + id + " is deleted");
    out().flush();
    return 0;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
