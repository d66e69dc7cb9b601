package dev.hooklake.server.app;

import dev.hooklake.server.access.AccessToken;
import dev.hooklake.server.app.settings.DatabaseSection;
import dev.hooklake.server.app.settings.GeneralSection;
import dev.hooklake.server.app.settings.LakeSection;
import dev.hooklake.server.app.settings.ProviderSettings;
import dev.hooklake.server.app.settings.Sections;
import dev.hooklake.server.app.settings.Settings;
import dev.hooklake.server.app.settings.SettingsReader;
import dev.hooklake.server.app.settings.SettingsRefused;
import dev.hooklake.server.app.settings.SourceSettings;
import dev.hooklake.server.cli.CommandFailure;
import dev.hooklake.server.cli.Installation;
import dev.hooklake.server.cli.Installations;
import dev.hooklake.server.cli.InstalledSource;
import dev.hooklake.server.cli.ProviderAccess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what a command needs to know from the settings a server would start with.
///
/// Most commands need no secret, so one that is missing is no error here.
record SettingsInstallations(Map<String, String> env) implements Installations {

  @Override
  public Installation find(@Nullable Path config, @Nullable Path data) throws IOException {
    try {
      if (data == null) {
        return of(SettingsReader.readToLook(config, env));
      }
      // A directory that is named has all in it, whatever the environment says of another place.
      var used = new HashMap<>(env);
      used.put(GeneralSection.DATA.env(), data.toString());
      used.remove(LakeSection.ROOT.env());
      used.remove(DatabaseSection.URL.env());
      return of(SettingsReader.ofEnvironmentToLook(used));
    } catch (SettingsRefused e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), RefusedSettings.EXIT_CODE);
    }
  }

  private static Installation of(Settings settings) throws IOException {
    var asConfigured =
        new Ports(settings.of(Sections.INTAKE).port(), settings.of(Sections.ADMIN).port());
    Ports ports = Ports.in(settings.of(Sections.GENERAL).portsFile()).orElse(asConfigured);
    return at(settings, ports, token(settings));
  }

  static Installation at(Settings settings, Ports ports, @Nullable String token) {
    URI server = local(settings.of(Sections.INTAKE).host(), ports.publicPort());
    return new Installation(
        settings.of(Sections.GENERAL).data(),
        settings.of(Sections.JOURNAL),
        settings.of(Sections.LAKE),
        new Installation.Tracked(
            settings.of(Sections.DATABASE),
            settings.of(Sections.TRACKING).tracking(),
            settings.of(Sections.ENRICHMENT).vaultKeys()),
        settings.of(Sections.MAINTENANCE),
        settings.of(Sections.SOURCES).stream().map(source -> installed(source, server)).toList(),
        customerIoApis(settings),
        local(settings.of(Sections.ADMIN).host(), ports.adminPort()),
        token);
  }

  private static InstalledSource installed(SourceSettings source, URI server) {
    String base = source.publicUrl();
    return new InstalledSource(
        source.type(),
        source.source(),
        server.resolve(source.path()),
        base == null ? null : base.replaceFirst("/$", "") + source.path(),
        source.provider());
  }

  private static URI local(String host, int port) {
    return URI.create("http://" + reachable(host) + ":" + port + "/");
  }

  private static List<ProviderAccess> customerIoApis(Settings settings) {
    return settings.of(Sections.PROVIDERS).stream()
        .filter(provider -> provider.type() == ProviderSettings.Type.CUSTOMERIO)
        .map(provider ->
            new ProviderAccess(
                provider.source(),
                provider.api(),
                provider.key(),
                settings.of(Sections.SOURCES).stream()
                    .filter(source -> source.name().equals(provider.source()))
                    .map(SourceSettings::publicPath)
                    .findFirst()
                    .orElse("")))
        .toList();
  }

  /// Only a server makes a token.
  private static @Nullable String token(Settings settings) throws IOException {
    AccessToken chosen = settings.of(Sections.ACCESS).operator();
    if (chosen != null) {
      return chosen.reveal();
    }
    Path file = settings.of(Sections.GENERAL).adminTokenFile();
    return Files.exists(file) ? Files.readString(file).strip() : null;
  }

  /// A server that listens on every address is reached on this machine's own.
  static String reachable(String host) {
    return switch (host) {
      case "0.0.0.0", "::", "" -> "127.0.0.1";
      default -> host.contains(":") ? "[" + host + "]" : host;
    };
  }
}
