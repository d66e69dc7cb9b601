package dev.hooklake.server.app;

import dev.hooklake.server.cli.CommandFailure;
import dev.hooklake.server.cli.Installation;
import dev.hooklake.server.cli.Installations;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what a command needs to know from the settings a server would start with.
///
/// Most commands need no secret, so one that is missing is no error here.
record SettingsInstallations(Map<String, String> env) implements Installations {

  @Override
  public Installation find(@Nullable Path config, @Nullable Path data) throws IOException {
    var used = new HashMap<>(env);
    used.putIfAbsent(Keys.DEVELOPMENT.env(), "true");
    try {
      if (data == null) {
        return of(SettingsReader.read(config, used));
      }
      // A directory that is named has its lake in it, whatever the environment says of another.
      used.put(Keys.DATA.env(), data.toString());
      used.remove(Keys.LAKE_ROOT.env());
      return of(SettingsReader.of("", "", used));
    } catch (SettingsRefused e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), RefusedSettings.EXIT_CODE);
    }
  }

  private static Installation of(Settings settings) throws IOException {
    return at(settings, settings.intake().port(), settings.admin().port(), token(settings));
  }

  static Installation at(Settings settings, int port, int adminPort, @Nullable String token) {
    SourceSettings first = settings.sources().getFirst();
    return new Installation(
        settings.data(),
        settings.journal().directory(),
        settings.lake(),
        settings.sources().stream().map(SourceSettings::open).toList(),
        first.secrets(),
        URI.create("http://" + reachable(settings.intake().host()) + ":" + port + first.path()),
        URI.create("http://" + reachable(settings.admin().host()) + ":" + adminPort + "/"),
        token);
  }

  /// Only a server makes a token.
  private static @Nullable String token(Settings settings) throws IOException {
    Path file = settings.adminTokenFile();
    return Files.exists(file) ? Files.readString(file).strip() : null;
  }

  /// A server that listens on every address is reached on this machine's own.
  private static String reachable(String host) {
    return switch (host) {
      case "0.0.0.0", "::", "" -> "127.0.0.1";
      default -> host.contains(":") ? "[" + host + "]" : host;
    };
  }
}
