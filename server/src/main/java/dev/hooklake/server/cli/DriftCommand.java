package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Shows what sources send that the tables did not foresee.
@Command(
    name = "drift",
    mixinStandardHelpOptions = true,
    description = {
      "Show fields, metrics and types that a source sends and did not send on its first day.",
      "",
      "Samples say what a value looks like, not what it is; the event key leads to the event."
    },
    footer = {"", "Example: hooklake drift --all --source customerio"})
final class DriftCommand implements Callable<Integer> {
  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  @Option(names = "--all", description = "Also what came from the start.")
  private boolean all;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "Only this source.",
      defaultValue = "")
  private String source = "";

  @Option(names = "--json", description = "One entry a line, as JSON.")
  private boolean json;

  DriftCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation hooklake = installation.in(context);
    List<JsonNode> entries;
    try (var admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken());
        Progress _ = Progress.elapsed(context, spec.commandLine().getErr(), "asking the server")) {
      entries =
          admin
              .drift(source)
              .path("drift")
              .valueStream()
              .filter(entry -> all || entry.path("isNew").asBoolean())
              .toList();
    }
    print(entries, spec.commandLine().getOut());
    return 0;
  }

  private void print(List<JsonNode> entries, PrintWriter out) {
    if (json) {
      entries.forEach(out::println);
      out.flush();
      return;
    }
    var table = new TablePrinter(out);
    table.columns(List.of("source", "kind", "name", "first seen", "events", "sample", "event"));
    for (JsonNode entry : entries) {
      table.row(
          List.of(
              entry.path("source").asText(),
              entry.path("kind").asText(),
              entry.path("name").asText(),
              entry.path("firstSeen").asText(),
              entry.path("events").asLong(),
              entry.path("sample").asText(),
              entry.path("eventKey").asText()));
    }
    table.end();
  }
}
