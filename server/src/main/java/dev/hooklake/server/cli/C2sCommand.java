package dev.hooklake.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The parent of what can be asked of C2S.
@Command(
    name = "c2s",
    mixinStandardHelpOptions = true,
    description = "Register this server's webhook in C2S, or take it away.")
final class C2sCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private C2sCommand() {}

  static CommandLine withItsOwn(CommandContext context) {
    return new CommandLine(new C2sCommand())
        .addSubcommand(new C2sSubscribeCommand(context))
        .addSubcommand(new C2sUnsubscribeCommand(context));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "give 'subscribe' or 'unsubscribe'");
  }
}
