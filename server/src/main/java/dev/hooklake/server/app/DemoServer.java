package dev.hooklake.server.app;

import dev.hooklake.server.app.settings.AdminSection;
import dev.hooklake.server.app.settings.GeneralSection;
import dev.hooklake.server.app.settings.IntakeSection;
import dev.hooklake.server.app.settings.ProvidersSection;
import dev.hooklake.server.app.settings.Sections;
import dev.hooklake.server.app.settings.Settings;
import dev.hooklake.server.app.settings.SettingsReader;
import dev.hooklake.server.app.settings.SettingsRefused;
import dev.hooklake.server.app.settings.SourcesSection;
import dev.hooklake.server.cli.CommandFailure;
import dev.hooklake.server.cli.Installation;
import dev.hooklake.server.cli.ServerStarter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/// Starts a server for a demonstration: on this machine only, with settings of its own.
///
/// It marks its data directory and takes no other, so that invented events never reach real ones.
record DemoServer(InstantSource clock) implements ServerStarter {
  private static final String MARK = "demo";
  private static final String SETTINGS =
      """
      lake:
        commit-wait: 2s
        commit-quiet-wait: 2s
      providers:
        customerio:
          api-url: ${DEMO_PROVIDER}
      reconciliation:
        nightly-at: off
        settle: off
      enrichment:
        enabled: true
        legal-basis: nobody in it exists
        purpose: a demonstration
        vault-keys: ${DEMO_VAULT_KEY}
        queue: {backoff-delay: 200ms, backoff-max: 2s}
        finder:
          {url: "${DEMO_FINDER}", user: "${DEMO_USER}", secret: "${DEMO_SECRET}", calls-per-minute: 60000}
        register:
          {url: "${DEMO_REGISTER}", secret: "${DEMO_SECRET}", calls-per-minute: 60000}
      c2s: {url: "${DEMO_CRM}", token: "${DEMO_SECRET}", calls-per-minute: 60000}
      """;

  /// The same each time, so that a directory can be used again; nobody's number lies under it.
  private static final String VAULT_KEY = Base64.getEncoder().encodeToString(new byte[32]);

  @Override
  public Started start(Request request) throws IOException {
    Settings settings = settings(request);
    mark(settings.of(Sections.GENERAL).data());
    Running running = Server.start(settings, clock);
    Installation installation =
        SettingsInstallations.at(
            settings,
            new Ports(running.port(), running.adminPort()),
            running.entrance().tokens().operator().reveal());
    return new StartedDemo(running, installation);
  }

  private static Settings settings(Request request) {
    Map<String, String> env = new HashMap<>();
    env.put(IntakeSection.HOST.env(), "127.0.0.1");
    SourcesSection.secretVariables().forEach(variable -> env.put(variable, request.secret()));
    env.put("DEMO_PROVIDER", request.api().toString());
    env.put(ProvidersSection.CUSTOMERIO_KEY.env(), request.apiKey());
    env.put("DEMO_VAULT_KEY", VAULT_KEY);
    env.put("DEMO_CRM", request.leads().crm().toString());
    env.put("DEMO_FINDER", request.leads().finder().toString());
    env.put("DEMO_REGISTER", request.leads().register().toString());
    env.put("DEMO_USER", request.leads().user());
    env.put("DEMO_SECRET", request.leads().secret());
    if (request.data() != null) {
      env.put(GeneralSection.DATA.env(), request.data().toString());
    }
    if (request.port() != null) {
      env.put(IntakeSection.PORT.env(), String.valueOf(request.port()));
      env.put(AdminSection.PORT.env(), request.port() == 0 ? "0" : AdminSection.PORT.defaultText());
    }
    try {
      return SettingsReader.of("demo", SETTINGS, env);
    } catch (SettingsRefused e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), RefusedSettings.EXIT_CODE);
    }
  }

  /// A real server has no place among invented events.
  static void refuseMarked(Path data) {
    if (Files.exists(data.resolve(MARK))) {
      throw new CommandFailure(
          data
              + " holds a demonstration's invented events; give another directory with"
              + " HOOKLAKE_DATA, or delete this one");
    }
  }

  private static void mark(Path data) throws IOException {
    Path mark = data.resolve(MARK);
    if (Files.exists(data.resolve("journal")) && !Files.exists(mark)) {
      throw new CommandFailure(
          data + " belongs to a server that is no demonstration; give another one with --data");
    }
    DataDirectory.create(data);
    Files.writeString(mark, "Invented events only. This directory may be deleted.\n");
  }

  private record StartedDemo(Running running, Installation installation) implements Started {
    @Override
    public long accepted() {
      return running.journal().status().lastSequence();
    }

    @Override
    public void close() {
      running.close();
    }
  }
}
