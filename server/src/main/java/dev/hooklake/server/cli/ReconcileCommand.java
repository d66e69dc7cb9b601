package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Counts what is here against what the provider's own API shows.
@Command(
    name = "reconcile",
    mixinStandardHelpOptions = true,
    description = {
      "Count what is here against what the provider's own API shows.",
      "",
      "A running server does it, within the provider's limit of requests; it needs the provider's"
          + " credentials in its settings. Figures are kept and replace those of the same days, so"
          + " a second run changes nothing.",
      "",
      "Completeness is what is here of what should be: what the webhook is not subscribed to, later"
          + " opens where it sends the first only, and what may still arrive count neither way."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing is missing",
      "1:something failed",
      "2:wrong usage",
      "4:events are missing"
    })
final class ReconcileCommand implements Callable<Integer> {
  static final int MISSING = 4;

  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();
  @Mixin private HistoryOptions history = new HistoryOptions();

  @Option(
      names = "--missing",
      paramLabel = "N",
      description = "List up to N missing events, 0 to 10000; default: ${DEFAULT-VALUE}.",
      defaultValue = "20")
  private int missing;

  @Option(names = "--json", description = "The admin port's answers as they are.")
  private boolean json;

  ReconcileCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation hooklake = installation.in(context);
    PrintWriter out = spec.commandLine().getOut();
    try (var admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken())) {
      ObjectNode wish = history.wish(context);
      JsonNode job =
          new HistoryJobWatch(context, admin, spec.commandLine().getErr())
              .toTheEnd(admin.post("/api/v1/reconciliations", wish));
      var report = new HistoryReport(admin, wish);
      if (json) {
        report.json(job, missing, out);
      } else {
        report.text(job, missing, out);
      }
      return job.path("progress").path("missing").asLong() == 0 ? 0 : MISSING;
    }
  }
}
