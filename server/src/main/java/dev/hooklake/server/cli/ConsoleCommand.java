package dev.hooklake.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Opens the way into the console.
@Command(
    name = "console",
    mixinStandardHelpOptions = true,
    description = {
      "Print a link that logs a browser into a running server's console.",
      "",
      "The link works once, within ten minutes, and logs in as an operator. The token is read from"
          + " the data directory."
    })
final class ConsoleCommand implements Callable<Integer> {
  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  ConsoleCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation hooklake = installation.in(context);
    try (var admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken())) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(hooklake.adminUrl().resolve(admin.loginPath()));
      out.flush();
      return 0;
    }
  }
}
