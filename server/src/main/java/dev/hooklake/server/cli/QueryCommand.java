package dev.hooklake.server.cli;

import java.io.IOException;
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
          + " email_events. Nothing but the lake is read and nothing in it is written, so a server"
          + " may be running; what memory does not hold is in scratch/ meanwhile. The dialect is DuckDB's; times are UTC."
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
    new LakeAnswer(context, spec.commandLine(), "querying", MEMORY_MEBIBYTES)
        .print(sql, installation.in(context), format);
    return 0;
  }
}
