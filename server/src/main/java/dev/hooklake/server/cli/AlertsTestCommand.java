package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Tries the channels.
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = "Send a test on every channel by which a running server tells of alerts.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every channel took it",
      "1:a channel did not, or the server could not be asked",
      "2:wrong usage"
    })
final class AlertsTestCommand implements Callable<Integer> {
  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  AlertsTestCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation hooklake = installation.in(context);
    boolean all = true;
    try (var admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken());
        Progress _ = Progress.elapsed(context, spec.commandLine().getErr(), "sending tests")) {
      PrintWriter out = spec.commandLine().getOut();
      for (JsonNode outcome : admin.testAlerts().path("outcomes")) {
        boolean taken = outcome.path("taken").asBoolean();
        all &= taken;
        out.println(
            outcome.path("channel").asText()
                + ": "
                + (taken ? "taken" : outcome.path("error").asText()));
      }
      out.flush();
    }
    return all ? 0 : 1;
  }
}
