package dev.hooklake.server.cli;

import dev.hooklake.lake.LakeReader;
import dev.hooklake.server.analytics.LakeSql;
import dev.hooklake.server.analytics.SqlLimits;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine;

/// Answers a select on the command line from the lake's newest version: with every processor,
/// beyond its memory on disk, and ended by Ctrl-C with nothing left there.
///
/// @param doing what the progress says
record LakeAnswer(CommandContext context, CommandLine line, String doing, int memoryMebibytes) {
  void print(String select, Installation installed, Format format) throws IOException {
    LakeReader lake = LakeReader.open(installed.lake());
    try (var interruption = new Interruption();
        Progress _ = Progress.elapsed(context, line.getErr(), doing);
        LakeSql tables = LakeSql.open(lake, limits(installed))) {
      interruption.calls(tables::interrupt);
      tables.query(select, List.of(), format.printer(line.getOut()));
    }
  }

  private SqlLimits limits(Installation installed) {
    return new SqlLimits(
        Runtime.getRuntime().availableProcessors(),
        memoryMebibytes,
        installed.maintenance().lake().scratch());
  }
}
