package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Lists lead events, newest first.
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "List lead events, newest first.",
      "",
      "Times are UTC: 2026-03-01 or 2026-03-01T10:00:00Z."
    },
    footer = {"", "Example: hooklake leads list --status failed"})
final class LeadsListCommand implements Callable<Integer> {
  private static final int PAGE = 500;

  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();
  @Mixin private LeadFilterOptions filter = new LeadFilterOptions();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many; default: ${DEFAULT-VALUE}.",
      defaultValue = "100")
  private int limit;

  @Option(names = "--json", description = "One event a line, as JSON.")
  private boolean json;

  LeadsListCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (limit < 1) {
      throw new ParameterException(spec.commandLine(), "give at least 1 as --limit");
    }
    Map<String, @Nullable String> query = filter.query(spec);
    Installation hooklake = installation.in(context);
    List<JsonNode> events = new ArrayList<>();
    try (var admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken());
        Progress _ = Progress.elapsed(context, spec.commandLine().getErr(), "asking the server")) {
      boolean more = true;
      while (more && events.size() < limit) {
        query.put("limit", String.valueOf(Math.min(PAGE, limit - events.size())));
        JsonNode page = admin.leads().page(query);
        page.path("events").forEach(events::add);
        query.put("after", page.path("next").textValue());
        more = page.has("next");
      }
    }
    print(events);
    return 0;
  }

  private void print(List<JsonNode> events) {
    if (json) {
      events.forEach(spec.commandLine().getOut()::println);
      spec.commandLine().getOut().flush();
      return;
    }
    var table = new TablePrinter(spec.commandLine().getOut());
    table.columns(List.of("event", "lead", "action", "status", "outcome", "attempts", "received"));
    for (JsonNode one : events) {
      table.row(
          List.of(
              MessageText.text(one, "id"),
              MessageText.text(one, "leadId"),
              MessageText.text(one, "action"),
              MessageText.text(one, "status"),
              MessageText.text(one, "outcome"),
              MessageText.text(one, "attempts"),
              MessageText.text(one, "receivedAt")));
    }
    table.end();
  }
}
