package dev.hooklake.server.cli;

import static dev.hooklake.server.cli.CustomerIoOptions.given;

import dev.hooklake.providers.customerio.ReportingWebhook;
import dev.hooklake.server.simulator.Sender;
import dev.hooklake.sources.Payload;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
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
  private static final String EVENT =
      "{\"event_id\":\"hooklake-connection-test\",\"object_type\":\"hooklake_test\","
          + "\"metric\":\"tested\",\"timestamp\":%d,\"data\":{}}";

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
    Payload event = Payload.of(EVENT.formatted(context.clock().instant().getEpochSecond()));
    Sender sender =
        Senders.playable(
                new Senders(options.installation(context).sources()).one(options.source(), null))
            .to(URI.create(webhook.endpoint()));
    int status =
        SendCommand.post(sender, sender.provider().event(event), context.clock().instant())
            .statusCode();
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "HTTP "
            + status
            + switch (status) {
              case 200 -> ": accepted";
              case 401 -> ": the server has another key than these settings";
              case 404 -> ": another server, or another path";
              default -> ": not accepted";
            });
    out.flush();
    return status / 100 == 2 ? 0 : 1;
  }
}
