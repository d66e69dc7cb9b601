package dev.hooklake.server.cli;

import dev.hooklake.server.analytics.ReportPeriod;
import dev.hooklake.server.analytics.ViewDefinition;
import dev.hooklake.server.analytics.ViewLibrary;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Answers one of our reports over the lake's newest version, lists them, or shows their SQL.
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "Answer a report over the lake's newest version.",
      "",
      "Rates count distinct deliveries, people and machines apart; days are UTC. What each column"
          + " means is in docs/reference/views.md."
    },
    footer = {
      "",
      "Examples:",
      "  hooklake report",
      "  hooklake report email-engagement --from 2026-03-01",
      "  hooklake report campaign-performance --format csv",
      "  hooklake report funnel --sql      (runs in DuckDB, Spark and Databricks alike)"
    })
final class ReportCommand implements Callable<Integer> {
  private static final int MEMORY_MEBIBYTES = 2_048;

  private final CommandContext context;
  private final ViewLibrary library = ViewLibrary.load();
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "The report, for example email-engagement; without it they are listed.",
      defaultValue = "")
  private String name = "";

  @Option(names = "--list", description = "List the reports and the questions they answer.")
  private boolean list;

  @Option(
      names = "--from",
      paramLabel = "DATE",
      description = "First UTC day, for example 2026-03-01; default: all.",
      defaultValue = "0001-01-01",
      showDefaultValue = Help.Visibility.NEVER)
  private LocalDate from = ReportPeriod.ALL.from();

  @Option(
      names = "--to",
      paramLabel = "DATE",
      description = "Last UTC day, included; default: all.",
      defaultValue = "9999-12-31",
      showDefaultValue = Help.Visibility.NEVER)
  private LocalDate to = ReportPeriod.ALL.to();

  @Option(names = "--sql", description = "Print the report's SQL instead of running it.")
  private boolean sql;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.",
      defaultValue = "table")
  private Format format = Format.table;

  ReportCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    if (list || name.isEmpty()) {
      print(questions());
      return 0;
    }
    String select = library.select(report(), period());
    if (sql) {
      print(select);
    } else {
      answer(select);
    }
    return 0;
  }

  private void answer(String select) throws IOException {
    new LakeAnswer(context, spec.commandLine(), "reporting", MEMORY_MEBIBYTES)
        .print(select, installation.in(context), format);
  }

  private ViewDefinition report() {
    return library
        .report(name)
        .orElseThrow(() -> refusal("there is no report " + name + "; there are:\n" + questions()));
  }

  private ReportPeriod period() {
    if (from.isAfter(to)) {
      throw refusal("--from " + from + " is after --to " + to);
    }
    return new ReportPeriod(from, to);
  }

  private ParameterException refusal(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private String questions() {
    return library.reports().stream()
        .map(report -> "%-32s %s".formatted(report.name().replace('_', '-'), report.question()))
        .collect(Collectors.joining("\n"));
  }

  private void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(text);
    out.flush();
  }
}
