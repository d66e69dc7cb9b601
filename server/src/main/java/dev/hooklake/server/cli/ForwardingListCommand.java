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

/// Shows how each destination stands.
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Show how each destination of the running server stands.",
      "",
      "Breaker open: it kept failing and is left alone for a while; its events wait. Delivered and"
          + " the last failure are since the server's start."
    })
final class ForwardingListCommand implements Callable<Integer> {
  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  ForwardingListCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation hooklake = installation.in(context);
    try (var admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken())) {
      print(admin.destinations());
    }
    return 0;
  }

  private void print(JsonNode destinations) {
    if (json) {
      destinations.forEach(spec.commandLine().getOut()::println);
      spec.commandLine().getOut().flush();
      return;
    }
    var table = new TablePrinter(spec.commandLine().getOut());
    table.columns(
        List.of("destination", "at", "breaker", "waiting", "dead", "delivered", "last failure"));
    for (JsonNode one : destinations) {
      table.row(
          List.of(
              one.path("name").asText(),
              one.path("origin").asText(),
              one.path("breaker").asText(),
              one.path("waiting").asLong(),
              one.path("dead").asLong(),
              one.path("delivered").asLong(),
              one.path("lastFailure").asText("")));
    }
    table.end();
  }
}
