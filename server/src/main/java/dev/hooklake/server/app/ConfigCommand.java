package dev.hooklake.server.app;

import dev.hooklake.server.app.settings.SettingsRefused;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Looks at the settings without starting anything.
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    description = "Look at the settings without starting anything.")
final class ConfigCommand implements Runnable {
  private final SettingsSource source;
  @Spec private CommandSpec spec = CommandSpec.create();

  ConfigCommand(SettingsSource source) {
    this.source = source;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "give 'check'");
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = {
        "Say whether the server could start with these settings, or all that is wrong.",
        "",
        "With warnings of what is probably not meant, and the URLs to give to the providers."
      })
  int check(
      @Option(names = "--config", paramLabel = "FILE", description = "Settings file.")
          @Nullable Path config)
      throws SettingsRefused, IOException {
    PrintWriter out = spec.commandLine().getOut();
    try {
      new ConfigText(source.read(config), out).print();
      return 0;
    } catch (SettingsRefused e) {
      // Each is printed by whoever handles this.
      out.println("valid     no");
      out.println("errors    " + e.count());
      throw e;
    } finally {
      out.flush();
    }
  }
}
