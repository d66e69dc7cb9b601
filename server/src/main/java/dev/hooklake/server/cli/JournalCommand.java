package dev.hooklake.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The parent of what can be done with a journal's files.
@Command(
    name = "journal",
    mixinStandardHelpOptions = true,
    description = "Check and mend the files of a journal whose server is stopped.")
final class JournalCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "give 'verify' or 'repair'");
  }
}
