package dev.hooklake.server.app;

import dev.hooklake.server.app.settings.Settings;
import dev.hooklake.server.app.settings.SettingsReader;
import dev.hooklake.server.app.settings.SettingsRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where commands get settings from: the environment, and a file that may be named.
record SettingsSource(Map<String, String> env) {
  Settings read(@Nullable Path file) throws SettingsRefused, IOException {
    return SettingsReader.read(file, env);
  }
}
