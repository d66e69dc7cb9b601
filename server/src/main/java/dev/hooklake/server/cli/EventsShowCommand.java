package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.lake.LakeReader;
import dev.hooklake.server.analytics.EventLookup.LandedEvent;
import dev.hooklake.server.analytics.LakeEventLookup;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Says what became of one event.
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Say what became of one event: landed, quarantined and why, still in the journal, or unknown.",
      "",
      "Asks a running server; without one it looks into the lake, which does not show what is in"
          + " the journal only."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it is known, landed or not yet",
      "1:it could not be found out",
      "2:wrong usage",
      "3:it is not known"
    })
final class EventsShowCommand implements Callable<Integer> {
  private static final int NOT_KNOWN = 3;

  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  @Parameters(paramLabel = "KEY", description = "The event's key; for Customer.io its event_id.")
  private String key = "";

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "The source's name; default: ${DEFAULT-VALUE}.",
      defaultValue = "customerio")
  private String source = "";

  EventsShowCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation hooklake = installation.in(context);
    try (Progress _ = Progress.elapsed(context, spec.commandLine().getErr(), "looking")) {
      return ask(hooklake);
    } catch (AdminClient.NoServer e) {
      spec.commandLine().getErr().println("no server is running; looking into the lake");
      return look(hooklake);
    }
  }

  private int ask(Installation hooklake) throws IOException, InterruptedException {
    try (var admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken())) {
      JsonNode outcome = admin.event(source, key);
      var lines = new LinkedHashMap<String, String>();
      outcome.properties().forEach(field -> lines.put(field.getKey(), field.getValue().asText()));
      print(lines);
      return switch (outcome.path("outcome").asText()) {
        case "unknown" -> NOT_KNOWN;
        case "undetermined" -> 1;
        default -> 0;
      };
    }
  }

  private int look(Installation hooklake) throws IOException {
    Optional<LandedEvent> found =
        new LakeEventLookup(LakeReader.open(hooklake.lake())).find(source, key);
    print(found.map(this::lines).orElseGet(() -> Map.of("outcome", "not in the lake")));
    return found.isPresent() ? 0 : NOT_KNOWN;
  }

  private Map<String, String> lines(LandedEvent event) {
    var lines = new LinkedHashMap<String, String>();
    lines.put("source", source);
    lines.put("key", key);
    lines.put("outcome", event.reason() == null ? "landed" : "quarantined");
    lines.put("receivedAt", event.receivedAt().toString());
    lines.put("sequence", String.valueOf(event.journalPosition()));
    lines.put("table", event.table());
    lines.put("tableVersion", String.valueOf(event.tableVersion()));
    if (event.reason() != null) {
      lines.put("reason", event.reason());
      lines.put("message", String.valueOf(event.message()));
    }
    return lines;
  }

  private void print(Map<String, String> lines) {
    PrintWriter out = spec.commandLine().getOut();
    lines.forEach((label, value) -> out.printf("%-13s %s%n", label, value));
    out.flush();
  }
}
