package dev.hooklake.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The parent of what can be done with the lake's tables as files.
@Command(
    name = "lake",
    mixinStandardHelpOptions = true,
    description = "Look after the files of the lake's tables.")
final class LakeCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "give 'stats', 'maintain' or 'vacuum'");
  }
}
