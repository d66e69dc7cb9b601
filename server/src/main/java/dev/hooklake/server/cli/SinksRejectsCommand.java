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

/// Lists what sinks refused.
@Command(
    name = "rejects",
    mixinStandardHelpOptions = true,
    description = "List the events that sinks refused for what is in them, newest first.",
    footer = {"", "Example: hooklake sinks rejects --sink warehouse"})
final class SinksRejectsCommand implements Callable<Integer> {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("sink", "sink"),
          new Column("id", "id"),
          new Column("rejected", "rejectedAt"),
          new Column("source", "source"),
          new Column("event", "eventType"),
          new Column("reason", "reason"));

  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  @Option(names = "--sink", paramLabel = "NAME", description = "Only this one's.")
  private String sink = "";

  @Mixin private ListOptions list = new ListOptions();

  SinksRejectsCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation hooklake = installation.in(context);
    try (var admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken())) {
      list.print(admin.sinkRejects(sink, list.limit()), spec.commandLine().getOut(), COLUMNS);
    }
    return 0;
  }
}
