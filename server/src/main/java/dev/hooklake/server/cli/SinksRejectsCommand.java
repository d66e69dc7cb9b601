package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
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
  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  @Option(names = "--sink", paramLabel = "NAME", description = "Only this one's.")
  private String sink = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many, up to 500; default: ${DEFAULT-VALUE}.")
  private int limit = 100;

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  SinksRejectsCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation hooklake = installation.in(context);
    try (var admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken())) {
      print(admin.sinkRejects(sink, limit));
    }
    return 0;
  }

  private void print(JsonNode rejects) {
    if (json) {
      rejects.forEach(spec.commandLine().getOut()::println);
      spec.commandLine().getOut().flush();
      return;
    }
    var table = new TablePrinter(spec.commandLine().getOut());
    table.columns(List.of("sink", "id", "rejected", "source", "event", "reason"));
    for (JsonNode one : rejects) {
      table.row(
          List.of(
              one.path("sink").asText(),
              one.path("id").asText(),
              one.path("rejectedAt").asText(),
              one.path("source").asText(),
              one.path("eventType").asText(),
              one.path("reason").asText()));
    }
    table.end();
  }
}
