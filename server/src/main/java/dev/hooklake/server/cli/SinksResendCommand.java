package dev.hooklake.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Has what a sink refused sent to it again.
@Command(
    name = "resend",
    mixinStandardHelpOptions = true,
    description = {
      "Have what a sink refused sent to it again, after its table was mended.",
      "",
      "The running server does it within moments. What is refused again stays among the rejects."
    },
    footer = {"", "Example: hooklake sinks resend --sink warehouse"})
final class SinksResendCommand implements Callable<Integer> {
  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  @Option(
      names = "--sink",
      paramLabel = "NAME",
      required = true,
      description = "Whose rejected events.")
  private String sink = "";

  @Option(names = "--id", paramLabel = "ID", description = "Only this one; without it, all.")
  private String id = "";

  SinksResendCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation hooklake = installation.in(context);
    try (var admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken())) {
      long events = admin.resendSinkRejects(sink, id);
      PrintWriter out = spec.commandLine().getOut();
      out.println(events + (events == 1 ? " event is" : " events are") + " sent again");
      out.flush();
    }
    return 0;
  }
}
