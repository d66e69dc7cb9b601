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

/// Lists what destinations did not take.
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    description = "List what destinations did not take in time, newest first.",
    footer = {"", "Example: hooklake forwarding dead-letters --destination crm"})
final class ForwardingDeadLettersCommand implements Callable<Integer> {
  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  @Option(names = "--destination", paramLabel = "NAME", description = "Only this one's.")
  private String destination = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many, up to 500; default: ${DEFAULT-VALUE}.")
  private int limit = 100;

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  ForwardingDeadLettersCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation hooklake = installation.in(context);
    try (var admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken())) {
      print(admin.deadLetters(destination, limit));
    }
    return 0;
  }

  private void print(JsonNode letters) {
    if (json) {
      letters.forEach(spec.commandLine().getOut()::println);
      spec.commandLine().getOut().flush();
      return;
    }
    var table = new TablePrinter(spec.commandLine().getOut());
    table.columns(List.of("destination", "id", "queued", "attempts", "reason"));
    for (JsonNode one : letters) {
      table.row(
          List.of(
              one.path("destination").asText(),
              one.path("id").asText(),
              one.path("queuedAt").asText(),
              one.path("attempts").asLong(),
              one.path("reason").asText()));
    }
    table.end();
  }
}
