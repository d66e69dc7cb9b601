package dev.hooklake.server.cli;

import dev.hooklake.lake.Lake;
import dev.hooklake.lake.LakeReader;
import dev.hooklake.server.analytics.LakeSql;
import dev.hooklake.server.analytics.SqlLimits;
import dev.hooklake.server.replay.Replay;
import dev.hooklake.server.replay.ReplayRange;
import dev.hooklake.server.replay.ReplayReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Derives typed rows again from landing.
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Derive channel tables and quarantine again from the landing table.",
      "",
      "For after a decoder was mended or a source configured: every event received in the range is"
          + " decoded with today's decoders, and only rows that differ are replaced, so nothing is"
          + " doubled and a second run changes nothing. Broken off, it is run again. A server may be"
          + " running; restart it with the new program first, or it goes on decoding as before."
    },
    footer = {"", "Example: hooklake replay --from 2026-03-01 --to 2026-03-08 --dry-run"})
final class ReplayCommand implements Callable<Integer> {
  private static final SqlLimits LIMITS = new SqlLimits(1, 512);

  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      required = true,
      description = "Received at or after: 2026-03-01 or 2026-03-01T10:00:00Z, UTC.")
  private String from = "";

  @Option(
      names = "--to",
      paramLabel = "TIME",
      required = true,
      description = "Received before; written alike.")
  private String to = "";

  @Option(names = "--source", paramLabel = "NAME", description = "Only this source's events.")
  private @Nullable String source;

  @Option(names = "--dry-run", description = "Change nothing, say what would change.")
  private boolean dryRun;

  ReplayCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    ReplayRange range = range();
    Installation hooklake = installation.in(context);
    var examined = new AtomicLong();
    try (Progress _ =
            new Progress(
                context,
                spec.commandLine().getErr(),
                () -> String.format(Locale.ROOT, "%,d events compared", examined.get()));
        LakeSql before = LakeSql.open(LakeReader.open(hooklake.lake()), LIMITS);
        Lake lake = Lake.openExisting(hooklake.lake(), UUID.randomUUID(), context.clock())) {
      var replay = new Replay(before, lake, hooklake.decoders(), context.clock());
      print(replay.run(range, dryRun, examined::set));
    }
    return 0;
  }

  private ReplayRange range() {
    try {
      return new ReplayRange(Times.instant(spec, from), Times.instant(spec, to), source);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void print(ReplayReport report) {
    PrintWriter out = spec.commandLine().getOut();
    if (report.changed() > 0) {
      var table = new TablePrinter(out);
      table.columns(List.of("was in", dryRun ? "would be in" : "is in", "events"));
      report.moves().forEach((move, events) -> table.row(List.of(move.from(), move.to(), events)));
      table.end();
    }
    out.printf(
        Locale.ROOT,
        "%,d events compared, %,d %s%n",
        report.examined(),
        report.changed(),
        dryRun ? "would change" : "changed");
    if (report.skipped() > 0) {
      out.printf(
          Locale.ROOT,
          "%,d events left as they are: their source is not configured%n",
          report.skipped());
    }
    out.flush();
  }
}
