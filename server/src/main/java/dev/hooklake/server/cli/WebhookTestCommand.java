package dev.hooklake.server.cli;

import static dev.hooklake.server.cli.CustomerIoOptions.given;

import dev.hooklake.providers.customerio.ReportingWebhook;
import dev.hooklake.server.customerio.ConnectionTest;
import dev.hooklake.server.simulator.Sender;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Sends a signed event to a webhook's endpoint as Customer.io would.
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = {
      "Send one event to a webhook's endpoint, signed with the key of the settings.",
      "",
      "It shows that the address leads here and that the server has the same key. Whether it is also"
          + " Customer.io's key only 'Send Test' on the webhook's page can show. The event is of the"
          + " type hooklake_test, so it lands in quarantine, once."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:accepted", "1:not accepted, or nobody answers", "2:wrong usage"})
final class WebhookTestCommand implements Callable<Integer> {
  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private CustomerIoOptions options = new CustomerIoOptions();

  @Parameters(paramLabel = "ID", description = "The webhook's id.")
  private long id;

  WebhookTestCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    ReportingWebhook webhook = given(options.api(context).webhook(id));
    ConnectionTest test = send(webhook);
    PrintWriter out = spec.commandLine().getOut();
    out.println("HTTP " + test.status() + ": " + test.meaning());
    out.flush();
    return test.isAccepted() ? 0 : 1;
  }

  private ConnectionTest send(ReportingWebhook webhook) throws IOException, InterruptedException {
    Sender sender =
        Senders.playable(
            new Senders(options.installation(context).sources()).one(options.source(), null));
    try {
      return ConnectionTest.send(
          sender, ConnectionTest.address(webhook), context.clock().instant());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new CommandFailure(
          "no answer from "
              + webhook.shownEndpoint()
              + " ("
              + e.getClass().getSimpleName()
              + "); is the server up?",
          e);
    }
  }
}
