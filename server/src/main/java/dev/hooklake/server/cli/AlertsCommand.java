package dev.hooklake.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What a running server has to object to.
@Command(
    name = "alerts",
    mixinStandardHelpOptions = true,
    description = "Show, silence and test the alerts of a running server.")
final class AlertsCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private AlertsCommand() {}

  static CommandLine withItsOwn(CommandContext context) {
    return new CommandLine(new AlertsCommand())
        .addSubcommand(new AlertsListCommand(context))
        .addSubcommand(new AlertsSilenceCommand(context))
        .addSubcommand(new AlertsTestCommand(context));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "give 'list', 'silence' or 'test'");
  }
}
