package dev.hooklake.server.cli;

import dev.hooklake.journal.JournalFiles;
import dev.hooklake.journal.JournalReport;
import dev.hooklake.journal.disk.FileDisk;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Reads a journal from end to end.
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Read the whole journal and say what is damaged. Changes nothing.",
      "",
      "A torn tail is no damage: it was never acknowledged, and the next start cuts it off."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything acknowledged can be read",
      "1:it cannot, or the journal could not be looked at",
      "2:wrong usage"
    })
final class JournalVerifyCommand implements Callable<Integer> {
  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  JournalVerifyCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    Installation hooklake = installation.in(context);
    JournalText.requireJournal(hooklake.journal().directory());
    JournalReport report;
    try (Progress _ =
        Progress.elapsed(context, spec.commandLine().getErr(), "reading the journal")) {
      report = new JournalFiles(hooklake.journal().directory(), new FileDisk()).verify();
    }
    JournalText.print(report, spec.commandLine().getOut());
    return report.sound() ? 0 : 1;
  }
}
