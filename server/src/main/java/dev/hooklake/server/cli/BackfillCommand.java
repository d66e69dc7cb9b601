package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Fetches from the provider's API what is missing here.
@Command(
    name = "backfill",
    mixinStandardHelpOptions = true,
    description = {
      "Fetch what is missing from the provider's own API.",
      "",
      "A running server does it: what is missing goes through its journal into the same tables, with"
          + " origin = 'backfill' and a key of its own making, always the same. So a second backfill"
          + " changes nothing, and a webhook that arrives late takes the place of what was fetched"
          + " in every report. Afterwards the days are reconciled again.",
      "",
      "It may be interrupted, also by kill -9: the server goes on when it starts again.",
      "",
      "Of Customer.io it can read a file of deliveries instead of the list of messages, columns found"
          + " by their names: one that Customer.io is asked to export, or one that you have. Then that"
          + " file is gone through again to count what is still missing, and no day's figure changes."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing is missing any more; in a dry run: nothing failed",
      "1:something failed",
      "2:wrong usage",
      "4:events are still missing"
    })
final class BackfillCommand implements Callable<Integer> {
  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();
  @Mixin private HistoryOptions history = new HistoryOptions();
  @Mixin private ExportOptions export = new ExportOptions();

  @Option(names = "--dry-run", description = "Only say what would be fetched.")
  private boolean dryRun;

  @Option(names = "--json", description = "The admin port's answer as it is.")
  private boolean json;

  BackfillCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation hooklake = installation.in(context);
    PrintWriter out = spec.commandLine().getOut();
    try (var admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken())) {
      LocalDate yesterday = HistoryOptions.today(context).minusDays(1);
      ObjectNode wish = history.wish(context, export.beginning(yesterday)).put("dryRun", dryRun);
      export.addTo(wish, hooklake.data());
      JsonNode job =
          new HistoryJobWatch(context, admin, spec.commandLine().getErr())
              .toTheEnd(asked(admin, wish, hooklake.data()));
      if (json) {
        out.println(job.toPrettyString());
      } else {
        print(job, new HistoryReport(admin, wish), out);
      }
      out.flush();
      return dryRun || job.path("progress").path("missing").asLong() == 0
          ? 0
          : ReconcileCommand.MISSING;
    }
  }

  /// The server moves the copy of a file when it takes the job; what is left then is nobody's.
  private JsonNode asked(AdminClient admin, ObjectNode wish, Path data)
      throws IOException, InterruptedException {
    try {
      return admin.post("/api/v1/backfills", wish);
    } finally {
      export.withdraw(wish, data);
    }
  }

  private void print(JsonNode job, HistoryReport report, PrintWriter out)
      throws IOException, InterruptedException {
    long filled = job.path("progress").path("filled").asLong();
    if (dryRun) {
      out.printf(
          Locale.ROOT,
          "%,d of %,d events are missing and would be fetched%n",
          filled,
          job.path("progress").path("expected").asLong());
      HistoryReport.note(job, out);
      return;
    }
    out.printf(Locale.ROOT, "%,d missing events fetched and stored%n", filled);
    if (export.given()) {
      HistoryReport.note(job, out);
      HistoryReport.sum(job, out);
    } else {
      report.text(job, 0, out);
    }
  }
}
