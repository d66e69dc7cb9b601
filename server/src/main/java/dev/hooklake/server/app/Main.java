package dev.hooklake.server.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The program: one command line, whose subcommands are wired here and nowhere else.
@Command(
    name = "hooklake",
    mixinStandardHelpOptions = true,
    version = "hooklake " + Version.TEXT,
    description = "Webhooks of messaging providers: verified, never lost, landed in Delta Lake.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed; the message says why",
      "2:the command line was not understood",
      "78:the configuration has errors; each is printed"
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  Main() {
    spec = CommandSpec.create();
  }

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /// Commands of other packages are added here with what they need in their constructors.
  static CommandLine commandLine() {
    return new CommandLine(new Main());
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is needed");
  }
}
