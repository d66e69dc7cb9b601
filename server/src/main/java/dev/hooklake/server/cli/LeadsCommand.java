package dev.hooklake.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The parent of what can be done with lead events.
@Command(
    name = "leads",
    mixinStandardHelpOptions = true,
    description = "Lead events of the CRM: what became of each, and process them again.")
final class LeadsCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private LeadsCommand() {}

  static CommandLine withItsOwn(CommandContext context) {
    return new CommandLine(new LeadsCommand())
        .addSubcommand(new LeadsListCommand(context))
        .addSubcommand(new LeadsShowCommand(context))
        .addSubcommand(new LeadsReprocessCommand(context));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "give 'list', 'show' or 'reprocess'");
  }
}
