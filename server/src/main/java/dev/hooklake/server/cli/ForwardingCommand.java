package dev.hooklake.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The parent of what can be done with destinations.
@Command(
    name = "forwarding",
    mixinStandardHelpOptions = true,
    description = "See how destinations stand, and send again what they did not take.")
final class ForwardingCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private ForwardingCommand() {}

  static CommandLine withItsOwn(CommandContext context) {
    return new CommandLine(new ForwardingCommand())
        .addSubcommand(new ForwardingListCommand(context))
        .addSubcommand(new ForwardingDeadLettersCommand(context))
        .addSubcommand(new ForwardingReplayCommand(context));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "give 'list', 'dead-letters' or 'replay'");
  }
}
