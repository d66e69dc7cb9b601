package dev.hooklake.server.cli;

import dev.hooklake.lake.Lake;
import dev.hooklake.lake.Maintenance;
import dev.hooklake.sources.event.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Deletes what no kept version of a table needs.
@Command(
    name = "vacuum",
    mixinStandardHelpOptions = true,
    description = {
      "Delete data files and log entries that no kept version of a table needs.",
      "",
      "Versions are kept for lake.maintenance.keep-versions; who reads an older one then must be done."
          + " A server may be running."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:a step failed", "2:wrong usage"})
final class LakeVacuumCommand implements Callable<Integer> {
  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private LakeOptions options = new LakeOptions();

  @Option(
      names = "--dry-run",
      description = "Delete nothing, list the data files that would be deleted.")
  private boolean dryRun;

  LakeVacuumCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    List<Table> tables = options.tables();
    Installation hooklake = options.installation().in(context);
    try (Progress _ =
            Progress.elapsed(context, spec.commandLine().getErr(), "looking for unneeded files");
        Lake lake = Lake.openExisting(hooklake.lake(), UUID.randomUUID(), context.clock())) {
      Maintenance maintenance = lake.maintenance(hooklake.maintenance().lake());
      return dryRun ? list(maintenance, tables) : vacuum(maintenance, tables);
    }
  }

  private int list(Maintenance maintenance, List<Table> tables) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    long files = 0;
    for (Table table : tables) {
      List<String> unneeded = maintenance.unneeded(table);
      unneeded.forEach(out::println);
      files += unneeded.size();
    }
    out.println(files + " data files would be deleted");
    out.flush();
    return 0;
  }

  private int vacuum(Maintenance maintenance, List<Table> tables) throws InterruptedException {
    var steps = new MaintenanceText(spec.commandLine().getOut());
    for (Table table : tables) {
      maintenance.clean(table, steps);
    }
    steps.end("Nothing to delete.");
    return steps.failures() == 0 ? 0 : 1;
  }
}
