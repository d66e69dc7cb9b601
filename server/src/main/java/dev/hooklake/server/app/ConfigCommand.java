package dev.hooklake.server.app;

import dev.hooklake.server.admin.AdminSettings;
import dev.hooklake.server.app.settings.Sections;
import dev.hooklake.server.app.settings.Settings;
import dev.hooklake.server.app.settings.SettingsRefused;
import dev.hooklake.server.app.settings.SourceSettings;
import dev.hooklake.server.intake.IntakeSettings;
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
      description = "Say whether the server could start with these settings, or all that is wrong.")
  int check(
      @Option(names = "--config", paramLabel = "FILE", description = "Settings file.")
          @Nullable Path config)
      throws SettingsRefused, IOException {
    Settings settings = source.read(config);
    PrintWriter out = spec.commandLine().getOut();
    out.println("The settings are in order.");
    out.println("  data    " + settings.of(Sections.GENERAL).data());
    out.println("  lake    " + settings.of(Sections.LAKE).root());
    IntakeSettings intake = settings.of(Sections.INTAKE);
    out.println("  public  " + intake.host() + ":" + intake.port());
    AdminSettings admin = settings.of(Sections.ADMIN);
    out.println("  admin   " + admin.host() + ":" + admin.port());
    for (SourceSettings one : settings.of(Sections.SOURCES)) {
      out.println(
          "  source  %s at %s, %d secret(s)%s"
              .formatted(
                  one.name(),
                  one.path(),
                  one.secrets().size(),
                  one.secrets().isEmpty() ? ": NOTHING IS VERIFIED (development mode)" : ""));
    }
    out.flush();
    return 0;
  }
}
