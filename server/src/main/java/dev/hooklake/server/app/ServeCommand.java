package dev.hooklake.server.app;

import dev.hooklake.server.admin.AdminSettings;
import dev.hooklake.server.app.settings.Sections;
import dev.hooklake.server.app.settings.Settings;
import dev.hooklake.server.app.settings.SettingsRefused;
import dev.hooklake.server.app.settings.SourceSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Runs the server until the process is told to end.
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Run the server until SIGTERM or Ctrl-C.",
      "",
      "Settings come from --config, else from hooklake.yaml if it is there, and from the environment."
          + " One of CUSTOMERIO_WEBHOOK_SECRET, TWILIO_AUTH_TOKEN, RESEND_WEBHOOK_SECRET and"
          + " WEBHOOK_SECRET (C2S) is enough to begin with."
    })
final class ServeCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(45);

  private final SettingsSource source;
  private final InstantSource clock;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--config", paramLabel = "FILE", description = "Settings file.")
  private @Nullable Path config;

  ServeCommand(SettingsSource source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  @Override
  public Integer call() throws SettingsRefused, IOException, InterruptedException {
    Settings settings = source.read(config);
    Logging.configure(settings.of(Sections.LOG));
    DemoServer.refuseMarked(settings.of(Sections.GENERAL).data());
    settings.warnings().forEach(warning -> LOG.warn("{}", warning));
    warnOfDevelopment(settings);
    Running server = Server.start(settings, clock);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> close(server)));
    LOG.info("Ready: public port {}, admin port {}", server.port(), server.adminPort());
    showTheWayIn(server, settings);
    new CountDownLatch(1).await();
    return 0;
  }

  /// The link goes to whoever started the server, never into the log.
  private void showTheWayIn(Running server, Settings settings) {
    String console = consoleUrl(server, settings);
    if (server.entrance().firstStart()) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("Console: " + console + server.entrance().loginPath());
      out.println("  The link logs you in once, within ten minutes. Later: hooklake console");
      out.flush();
    }
    LOG.info("Console at {}; a link that logs you in: hooklake console", console);
  }

  private static String consoleUrl(Running server, Settings settings) {
    AdminSettings admin = settings.of(Sections.ADMIN);
    return admin.publicUrl() != null
        ? admin.publicUrl().toString()
        : "http://" + SettingsInstallations.reachable(admin.host()) + ":" + server.adminPort();
  }

  private static void warnOfDevelopment(Settings settings) {
    for (SourceSettings open : settings.of(Sections.SOURCES)) {
      if (open.secrets().isEmpty()) {
        LOG.warn(
            "DEVELOPMENT MODE: source {} is not verified; whoever reaches {} can write into the"
                + " lake",
            open.name(),
            open.path());
      }
    }
  }

  /// In bounded time: what does not land now stays in the journal for the next start.
  private static void close(Running server) {
    LOG.info("Stopping");
    Thread closing = Thread.ofPlatform().daemon().start(server::close);
    try {
      LOG.info(closing.join(LONGEST_CLOSE) ? "Stopped" : "Stopped before everything was closed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
