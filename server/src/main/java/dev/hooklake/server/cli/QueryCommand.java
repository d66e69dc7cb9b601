package dev.hooklake.server.cli;

import dev.hooklake.lake.LakeReader;
import dev.hooklake.server.analytics.LakeSql;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Answers SQL over the lake's newest version, beside a running server or without one.
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    description = {
      "Run one SQL statement over the lake's newest version.",
      "",
      "The tables: webhook_landing, quarantine, and for each channel <channel>_events, for example"
          + " email_events. Nothing but the lake is read and nothing is written, so a server may be"
          + " running. The dialect is DuckDB's; times are UTC."
    },
    footer = {
      "",
      "Example:",
      "  hooklake query \"SELECT metric, count(*) FROM email_events GROUP BY ALL ORDER BY 2 DESC\""
    })
final class QueryCommand implements Callable<Integer> {
  private static final int MEMORY_MEBIBYTES = 1_024;

  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  @Parameters(paramLabel = "SQL", description = "The statement: SELECT, SHOW, DESCRIBE, SUMMARIZE.")
  private String sql = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.",
      defaultValue = "table")
  private Format format = Format.table;

  QueryCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    Installation installed = installation.in(context);
    LakeReader lake = LakeReader.open(installed.lake());
    try (var interruption = new Interruption();
        Progress _ = Progress.elapsed(context, spec.commandLine().getErr(), "querying");
        LakeSql tables = LakeSql.open(lake, installed.queryLimits(MEMORY_MEBIBYTES))) {
      interruption.calls(tables::interrupt);
      tables.query(sql, List.of(), format.printer(spec.commandLine().getOut()));
    }
    return 0;
  }
}
