package dev.hooklake.server.cli;

import static dev.hooklake.server.cli.CustomerIoOptions.given;

import dev.hooklake.server.customerio.Webhooks;
import dev.hooklake.server.customerio.Webhooks.Registered;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
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
  @Mixin private WebhookOptions wish = new WebhookOptions();

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
    Webhooks webhooks = options.webhooks(context);
    Registered registered = registered(webhooks);
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "webhook "
            + registered.webhook().id()
            + (registered.created() ? " is created, " : " was there already, ")
            + WebhookText.state(registered.webhook()));
    next(webhooks.nextSteps(registered.webhook()), out);
    out.flush();
    return 0;
  }

  private Registered registered(Webhooks webhooks) throws InterruptedException {
    try {
      return given(webhooks.register(endpoint, wish.wish(spec)));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static void next(List<String> steps, PrintWriter out) {
    if (steps.isEmpty()) {
      return;
    }
    out.println();
    out.println("Next:");
    for (int i = 0; i < steps.size(); i++) {
      out.println("  " + (i + 1) + ". " + steps.get(i));
    }
  }
}
