package dev.hooklake.server.cli;

import dev.hooklake.server.cli.ListOptions.Column;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Lists what destinations did not take.
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    description = "List what destinations did not take in time, newest first.",
    footer = {"", "Example: hooklake forwarding dead-letters --destination crm"})
final class ForwardingDeadLettersCommand implements Callable<Integer> {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("destination", "destination"),
          new Column("id", "id"),
          new Column("queued", "queuedAt"),
          new Column("attempts", "attempts"),
          new Column("reason", "reason"));

  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  @Option(names = "--destination", paramLabel = "NAME", description = "Only this one's.")
  private String destination = "";

  @Mixin private ListOptions list = new ListOptions();

  ForwardingDeadLettersCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation hooklake = installation.in(context);
    try (var admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken())) {
      list.print(
          admin.deadLetters(destination, list.limit()), spec.commandLine().getOut(), COLUMNS);
    }
    return 0;
  }
}
