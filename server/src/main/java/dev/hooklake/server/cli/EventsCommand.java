package dev.hooklake.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The parent of what can be asked about single events.
@Command(name = "events", mixinStandardHelpOptions = true, description = "Look single events up.")
final class EventsCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "give 'show'");
  }
}
