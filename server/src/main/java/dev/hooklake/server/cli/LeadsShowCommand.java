package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Says what became of one lead event.
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Say what became of one lead event: its status, its steps, and why it failed.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it is known",
      "1:it could not be found out",
      "2:wrong usage",
      "3:it is not known"
    })
final class LeadsShowCommand implements Callable<Integer> {
  private static final int NOT_KNOWN = 3;
  private static final List<String> FIELDS =
      List.of(
          "id",
          "source",
          "leadId",
          "updatedAt",
          "hookAction",
          "action",
          "status",
          "outcome",
          "errorMessage",
          "attempts",
          "receivedAt",
          "processedAt",
          "nextAttemptAt",
          "note");

  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  @Parameters(paramLabel = "EVENT", description = "Its id, as 'leads list' shows it.")
  private String id = "";

  @Option(
      names = "--payload",
      description = "Also the text that the CRM sent, which is about a person; the audit says so.")
  private boolean payload;

  @Option(names = "--json", description = "The admin port's answer as it is.")
  private boolean json;

  LeadsShowCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation hooklake = installation.in(context);
    try (var admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken());
        Progress _ = Progress.elapsed(context, spec.commandLine().getErr(), "asking the server")) {
      Optional<JsonNode> event = admin.leads().one(id, payload);
      if (event.isEmpty()) {
        spec.commandLine().getErr().println("no such lead event is known");
        return NOT_KNOWN;
      }
      print(event.get());
      return 0;
    }
  }

  private void print(JsonNode event) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(event.toPrettyString());
    } else {
      FIELDS.forEach(field -> line(out, field, MessageText.text(event, field)));
      for (JsonNode step : event.path("steps")) {
        line(
            out,
            MessageText.text(step, "step"),
            "%s, %s (%s ms)"
                .formatted(
                    MessageText.text(step, "state"),
                    MessageText.text(step, "result"),
                    MessageText.text(step, "millis")));
      }
      line(out, "payload", MessageText.text(event, "payload"));
    }
    out.flush();
  }

  private static void line(PrintWriter out, String label, String value) {
    if (!value.isEmpty()) {
      out.printf("%-14s %s%n", label, value);
    }
  }
}
