package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Shows how a running server stands.
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Show a running server's journal, consumers, lag and tables.",
      "",
      "Asks the admin port; the token is read from the data directory."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the server accepts, its balance holds; journal, lake and consumers are in order",
      "1:no server answers, it cannot accept, something cannot be written, or the balance is wrong",
      "2:wrong usage"
    })
final class StatusCommand implements Callable<Integer> {
  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  @Option(names = "--json", description = "The admin port's answer as it is.")
  private boolean json;

  StatusCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation hooklake = installation.in(context);
    PrintWriter out = spec.commandLine().getOut();
    try (var admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken());
        Progress _ = Progress.elapsed(context, spec.commandLine().getErr(), "asking the server")) {
      JsonNode status = admin.status();
      if (json) {
        out.println(status.toPrettyString());
      } else {
        new StatusText(status, out).print();
      }
      out.flush();
      return StatusText.inOrder(status) ? 0 : 1;
    }
  }
}
