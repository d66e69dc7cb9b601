package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Shows how the sinks stand.
@Command(
    name = "sinks",
    mixinStandardHelpOptions = true,
    description = {
      "Show how the running server's sinks stand.",
      "",
      "Lag is how many records of the journal a sink has still to get; rejected, how many events it"
          + " refused for what is in them. Written is since the server's start."
    })
final class SinksCommand implements Callable<Integer> {
  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  private SinksCommand(CommandContext context) {
    this.context = context;
  }

  static CommandLine withItsOwn(CommandContext context) {
    return new CommandLine(new SinksCommand(context))
        .addSubcommand(new SinksRejectsCommand(context))
        .addSubcommand(new SinksResendCommand(context));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation hooklake = installation.in(context);
    try (var admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken())) {
      print(admin.sinks());
    }
    return 0;
  }

  private void print(JsonNode sinks) {
    if (json) {
      sinks.forEach(spec.commandLine().getOut()::println);
      spec.commandLine().getOut().flush();
      return;
    }
    var table = new TablePrinter(spec.commandLine().getOut());
    table.columns(List.of("sink", "kind", "table", "state", "lag", "written", "rejected", "error"));
    for (JsonNode one : sinks) {
      table.row(
          List.of(
              one.path("name").asText(),
              one.path("kind").asText(),
              one.path("table").asText(),
              one.path("state").asText(),
              one.path("lagRecords").asLong(),
              one.path("written").asLong(),
              one.path("rejected").asLong(),
              one.path("lastError").asText("")));
    }
    table.end();
  }
}
