package dev.hooklake.server.cli;

import dev.hooklake.lake.Lake;
import dev.hooklake.lake.Maintenance;
import dev.hooklake.lake.TableShape;
import dev.hooklake.sources.event.Table;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Shows what each table consists of.
@Command(
    name = "stats",
    mixinStandardHelpOptions = true,
    description = {
      "Show what each table consists of: days, files, rows, bytes, log.",
      "",
      "Small files are those under half of lake.maintenance.target-file-size. Older files are on disk"
          + " for readers of older versions, or were never committed; vacuum deletes them when no"
          + " kept version needs them. A server may be running."
    })
final class LakeStatsCommand implements Callable<Integer> {
  private static final List<String> COLUMNS =
      List.of(
          "table", "version", "days", "files", "small", "rows", "MiB", "older", "older MiB", "log");
  private static final double MEBIBYTE = 1 << 20;

  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private LakeOptions options = new LakeOptions();

  LakeStatsCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    List<Table> tables = options.tables();
    Installation hooklake = options.installation().in(context);
    var table = new TablePrinter(spec.commandLine().getOut());
    table.columns(COLUMNS);
    try (Progress _ =
            Progress.elapsed(context, spec.commandLine().getErr(), "reading the tables' logs");
        Lake lake = Lake.openExisting(hooklake.lake(), UUID.randomUUID(), context.clock())) {
      Maintenance maintenance = lake.maintenance(hooklake.maintenance().lake());
      for (Table each : tables) {
        Optional<TableShape> shape = maintenance.shape(each);
        shape.ifPresent(found -> table.row(row(found)));
      }
    }
    table.end();
    return 0;
  }

  private static List<@Nullable Object> row(TableShape shape) {
    return List.of(
        shape.table(),
        shape.version(),
        shape.days(),
        shape.files(),
        shape.smallFiles(),
        shape.rows() < 0 ? "unknown" : shape.rows(),
        mebibytes(shape.bytes()),
        shape.olderFiles(),
        mebibytes(shape.olderBytes()),
        shape.logEntries());
  }

  private static double mebibytes(long bytes) {
    return Math.round(bytes / MEBIBYTE * 10) / 10.0;
  }
}
