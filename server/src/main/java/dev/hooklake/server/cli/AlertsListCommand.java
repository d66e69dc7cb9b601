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

/// Lists alerts.
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "List the alerts that fire, newest first, and what is silenced.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:no alert fires",
      "1:an alert fires, or the server could not be asked",
      "2:wrong usage"
    },
    footer = {"", "Example: hooklake alerts list --all"})
final class AlertsListCommand implements Callable<Integer> {
  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  @Option(names = "--all", description = "Also those that are resolved, of the last 90 days.")
  private boolean all;

  @Option(names = "--json", description = "The admin port's answer as it is.")
  private boolean json;

  AlertsListCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation hooklake = installation.in(context);
    try (var admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken())) {
      JsonNode answer = admin.alerts(all ? "all" : "firing");
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(answer.toPrettyString());
      } else {
        print(answer, out);
      }
      out.flush();
      return firing(answer) ? 1 : 0;
    }
  }

  private static boolean firing(JsonNode answer) {
    return answer.path("alerts").valueStream().anyMatch(alert -> !alert.has("resolvedAt"));
  }

  private void print(JsonNode answer, PrintWriter out) {
    if (answer.path("alerts").isEmpty()) {
      out.println(all ? "no alert has fired" : "no alert fires");
    } else {
      printAlerts(answer.path("alerts"), out);
    }
    for (JsonNode silence : answer.path("silences")) {
      out.println(
          "silenced until %s: %s%s, by %s (%s)"
              .formatted(
                  text(silence, "until"),
                  text(silence, "rule").isEmpty() ? "every rule" : text(silence, "rule"),
                  text(silence, "subject").isEmpty() ? "" : " of " + text(silence, "subject"),
                  text(silence, "createdBy"),
                  text(silence, "id")));
    }
  }

  private static void printAlerts(JsonNode alerts, PrintWriter out) {
    var table = new TablePrinter(out);
    table.columns(List.of("severity", "rule", "subject", "since", "resolved", "summary"));
    for (JsonNode alert : alerts) {
      table.row(
          List.of(
              text(alert, "severity"),
              text(alert, "rule"),
              text(alert, "subject"),
              text(alert, "startedAt"),
              text(alert, "resolvedAt"),
              text(alert, "summary")));
    }
    table.end();
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText();
  }
}
