package dev.hooklake.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The parent of what can be done with messages.
@Command(
    name = "messages",
    mixinStandardHelpOptions = true,
    description = "Register outgoing messages, and ask what became of them.")
final class MessagesCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private MessagesCommand() {}

  static CommandLine withItsOwn(CommandContext context) {
    return new CommandLine(new MessagesCommand())
        .addSubcommand(new MessagesShowCommand(context))
        .addSubcommand(new MessagesListCommand(context))
        .addSubcommand(new MessagesRegisterCommand(context))
        .addSubcommand(new MessagesRebuildCommand(context));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "give 'show', 'list', 'register' or 'rebuild'");
  }
}
