package dev.hooklake.server.app;

import dev.hooklake.server.app.settings.SampleSettings;
import dev.hooklake.server.app.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Writes a settings file that explains itself.
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = "Write a commented settings file with every default; never over an existing one.")
final class InitCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      defaultValue = "hooklake.yaml",
      description = "Where to; default: ${DEFAULT-VALUE}.")
  private Path file = SettingsReader.DEFAULT_FILE;

  @Override
  public Integer call() throws IOException {
    try {
      Files.writeString(file, SampleSettings.yaml(), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      spec.commandLine().getErr().println("hooklake: " + file + " is there already; left as it is");
      return 1;
    }
    spec.commandLine()
        .getOut()
        .println("Wrote " + file + ". Next: hooklake config check, then hooklake serve.");
    return 0;
  }
}
