package dev.hooklake.server.cli;

import dev.hooklake.lake.LakeReader;
import dev.hooklake.server.analytics.LakeSql;
import dev.hooklake.server.analytics.SqlLimits;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.replay.MessageRebuild;
import dev.hooklake.server.replay.ReplayRange;
import dev.hooklake.server.tracking.MessageHistory;
import dev.hooklake.server.tracking.MessageHistory.Applied;
import dev.hooklake.server.tracking.TrackingSettings;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Brings messages up to date from the landing table.
@Command(
    name = "rebuild",
    mixinStandardHelpOptions = true,
    description = {
      "Bring messages up to date from the landing table.",
      "",
      "For what came before tracking was switched on, before messages were registered, or before"
          + " the operations database that was restored. Every event received in the range is"
          + " applied; one that was applied before changes nothing, so this may be repeated, and a"
          + " server may be running. Without a range, everything there is."
    },
    footer = {"", "Example: hooklake messages rebuild --from 2026-03-01"})
final class MessagesRebuildCommand implements Callable<Integer> {
  private static final SqlLimits LIMITS = new SqlLimits(1, 512);

  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Received at or after: 2026-03-01 or 2026-03-01T10:00:00Z, UTC.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Received before; written alike.")
  private @Nullable String to;

  @Option(names = "--source", paramLabel = "NAME", description = "Only this source's events.")
  private @Nullable String source;

  MessagesRebuildCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    ReplayRange range = range();
    Installation hooklake = installation.in(context);
    TrackingSettings tracking = hooklake.tracked().tracking();
    if (tracking == null) {
      throw new CommandFailure(
          "message tracking is off; set tracking.mapping (MESSAGE_ID_MAPPING_STRATEGY)");
    }
    var examined = new AtomicLong();
    try (Progress _ =
            new Progress(
                context,
                spec.commandLine().getErr(),
                () -> String.format(Locale.ROOT, "%,d events read", examined.get()));
        LakeSql lake = LakeSql.open(LakeReader.open(hooklake.lake()), LIMITS);
        OperationsDatabase database = OperationsDatabase.open(hooklake.tracked().database())) {
      var messages = new MessageHistory(database, tracking, context.clock());
      print(
          new MessageRebuild(lake, hooklake.decoders(), messages, context.clock())
              .run(range, examined::set));
      if (from == null && to == null && source == null) {
        messages.complete();
      }
    }
    return 0;
  }

  private ReplayRange range() {
    try {
      return new ReplayRange(
          from == null ? Instant.EPOCH : Times.instant(spec, from),
          to == null ? context.clock().instant() : Times.instant(spec, to),
          source);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void print(Applied applied) {
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%,d events read: %,d applied to messages, %,d wait for one, %,d tell nothing of"
                + " one%n",
            applied.events(),
            applied.applied(),
            applied.waiting(),
            applied.ignored());
    spec.commandLine().getOut().flush();
  }
}
