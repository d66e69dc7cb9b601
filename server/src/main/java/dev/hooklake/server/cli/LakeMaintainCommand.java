package dev.hooklake.server.cli;

import dev.hooklake.lake.Lake;
import dev.hooklake.lake.Maintenance;
import dev.hooklake.sources.event.Table;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Keeps the lake's tables in shape by hand.
@Command(
    name = "maintain",
    mixinStandardHelpOptions = true,
    description = {
      "Do now what a server does by itself: retention, compaction, checkpoints, log clean-up, vacuum.",
      "",
      "For a lake whose server is stopped or has lake.maintenance.enabled off, or to wait for nothing."
          + " A server may be running, and may be doing the same: of two that change the same files"
          + " one gives way."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:there is nothing left to do", "1:a step failed", "2:wrong usage"})
final class LakeMaintainCommand implements Callable<Integer> {
  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private LakeOptions options = new LakeOptions();

  LakeMaintainCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    List<Table> tables = options.tables();
    Installation hooklake = options.installation().in(context);
    var steps = new MaintenanceText(spec.commandLine().getOut());
    try (Progress _ =
            Progress.elapsed(context, spec.commandLine().getErr(), "maintaining the lake");
        Lake lake = Lake.openExisting(hooklake.lake(), UUID.randomUUID(), context.clock())) {
      Maintenance maintenance = lake.maintenance(hooklake.maintenance().lake());
      for (Table table : tables) {
        maintenance.tidy(table, steps);
        maintenance.clean(table, steps);
      }
    }
    steps.end("Nothing to do: every table is in shape.");
    return steps.failures() == 0 ? 0 : 1;
  }
}
