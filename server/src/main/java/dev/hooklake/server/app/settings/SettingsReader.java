package dev.hooklake.server.app.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts the settings together from a file and the environment, or says everything that is wrong
/// with them at once.
public final class SettingsReader {
  /// Read when no file is named and this one is there.
  public static final Path DEFAULT_FILE = Path.of("hooklake.yaml");

  private SettingsReader() {}

  /// Reads file and environment; fails with all that is wrong with them.
  ///
  /// @param file the settings file; null for the default one if it is there, else none
  public static Settings read(@Nullable Path file, Map<String, String> env)
      throws SettingsRefused, IOException {
    return settings(given(file, env, true));
  }

  /// The same for those who only look: a source without a secret is no error.
  public static Settings readToLook(@Nullable Path file, Map<String, String> env)
      throws SettingsRefused, IOException {
    return settings(given(file, env, false));
  }

  /// The same without any file.
  public static Settings ofEnvironmentToLook(Map<String, String> env) throws SettingsRefused {
    return settings(new GivenSettings("", "", env, false));
  }

  /// Reads the text of a file that is called `fileName` in messages.
  public static Settings of(String fileName, String text, Map<String, String> env)
      throws SettingsRefused {
    return settings(new GivenSettings(fileName, text, env, true));
  }

  private static GivenSettings given(
      @Nullable Path file, Map<String, String> env, boolean secretsNeeded) throws IOException {
    Path used = file == null && Files.exists(DEFAULT_FILE) ? DEFAULT_FILE : file;
    return used == null
        ? new GivenSettings("", "", env, secretsNeeded)
        : new GivenSettings(used.toString(), Files.readString(used), env, secretsNeeded);
  }

  private static Settings settings(GivenSettings given) throws SettingsRefused {
    given.refuseUnknown(
        name -> Sections.ALL.stream().noneMatch(section -> section.covers(name)), allKeys());
    Settings settings = Settings.read(given);
    if (!given.problems().isEmpty()) {
      throw new SettingsRefused(given.problems());
    }
    return settings;
  }

  static List<Key<?>> allKeys() {
    return Sections.ALL.stream().<Key<?>>flatMap(section -> section.keys().stream()).toList();
  }
}
