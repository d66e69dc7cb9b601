package dev.hooklake.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The parent of what is done at Customer.io itself.
@Command(
    name = "customerio",
    mixinStandardHelpOptions = true,
    description = "Ask Customer.io itself, through its App API.")
final class CustomerIoCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "give 'webhooks' or 'metrics'");
  }
}
