package dev.hooklake.server.cli;

import dev.hooklake.journal.JournalFiles;
import dev.hooklake.journal.JournalReport;
import dev.hooklake.journal.disk.FileDisk;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Makes a damaged journal open again.
@Command(
    name = "repair",
    mixinStandardHelpOptions = true,
    description = {
      "Keep what can be read of a damaged journal, so that a server starts on it again.",
      "",
      "Damaged files are copied into the journal's directory damaged/ first and never deleted. What"
          + " is lost is named by its sequences: look there for what the provider should send"
          + " again. Stop the server before."
    })
final class JournalRepairCommand implements Callable<Integer> {
  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  @Option(
      names = "--next-sequence",
      paramLabel = "N",
      description = {
        "Go on with this sequence: when the end of the journal is lost and the start says that a"
            + " consumer has seen more than there is."
      })
  private @Nullable Long nextSequence;

  JournalRepairCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    Installation hooklake = installation.in(context);
    JournalText.requireJournal(hooklake.journal().directory());
    var files = new JournalFiles(hooklake.journal().directory(), new FileDisk());
    JournalReport found;
    try (Progress _ =
        Progress.elapsed(context, spec.commandLine().getErr(), "mending the journal")) {
      found = files.repair(context.clock());
      if (nextSequence != null) {
        files.skipTo(nextSequence, context.clock());
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    JournalText.print(found, out);
    out.println(found.sound() ? "Nothing needed mending." : "Mended; a server can start again.");
    out.flush();
    return 0;
  }
}
