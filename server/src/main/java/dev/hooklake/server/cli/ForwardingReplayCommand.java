package dev.hooklake.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Has dead letters sent again.
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Have a destination's dead letters sent again, as if they had just come.",
      "",
      "Each keeps its id, so a receiver that took one after all recognises it."
    },
    footer = {"", "Example: hooklake forwarding replay --destination crm"})
final class ForwardingReplayCommand implements Callable<Integer> {
  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  @Option(
      names = "--destination",
      paramLabel = "NAME",
      required = true,
      description = "Whose dead letters.")
  private String destination = "";

  @Option(names = "--id", paramLabel = "ID", description = "Only this one; without it, all.")
  private String id = "";

  ForwardingReplayCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation hooklake = installation.in(context);
    try (var admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken())) {
      long replayed = admin.replayDeadLetters(destination, id);
      PrintWriter out = spec.commandLine().getOut();
      out.println(
          replayed + (replayed == 1 ? " dead letter is" : " dead letters are") + " sent again");
      out.flush();
    }
    return 0;
  }
}
