package dev.hooklake.server.app;

import dev.hooklake.journal.EmbeddedJournal;
import dev.hooklake.journal.Journal;
import dev.hooklake.journal.JournalSettings;
import dev.hooklake.journal.disk.FileDisk;
import dev.hooklake.lake.Lake;
import dev.hooklake.lake.LakeReader;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.server.admin.AdminServer;
import dev.hooklake.server.admin.SystemMeters;
import dev.hooklake.server.admin.TimedDisk;
import dev.hooklake.server.app.settings.GeneralSettings;
import dev.hooklake.server.app.settings.Sections;
import dev.hooklake.server.app.settings.Settings;
import dev.hooklake.server.console.LiveFeed;
import dev.hooklake.server.intake.IntakeServer;
import dev.hooklake.server.intake.IntakeSettings;
import dev.hooklake.server.pipeline.LakePipeline;
import dev.hooklake.sources.Source;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Wires a server: journal, lake, pipeline, features, admin port and public port, opened in this
/// order and closed in reverse, so that what was accepted is stored, and what is stored has a
/// chance to land.
public final class Server {
  private final Wiring.Ground ground;
  private final Features features;
  private final OpenParts parts = new OpenParts();

  private Server(Wiring.Ground ground, Features features) {
    this.ground = ground;
    this.features = features;
  }

  /// Ready to accept when it returns, whether or not the lake can be reached.
  public static Running start(Settings settings, InstantSource clock) throws IOException {
    return start(settings, clock, Features.of(settings));
  }

  static Running start(Settings settings, InstantSource clock, Features features)
      throws IOException {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var server = new Server(new Wiring.Ground(settings, registry, clock), features);
    try {
      return server.open();
    } catch (IOException | RuntimeException e) {
      server.parts.close();
      throw e;
    }
  }

  private Running open() throws IOException {
    GeneralSettings general = ground.settings().of(Sections.GENERAL);
    DataDirectory.create(general.data());
    Entrance entrance = Entrance.of(ground);
    Map<String, Source> sourcesByPath = new LinkedHashMap<>();
    ground
        .settings()
        .of(Sections.SOURCES)
        .forEach(source -> sourcesByPath.put(source.path(), source.open()));

    var wiring = new Wiring(ground, spine(sourcesByPath), parts);
    features.open(wiring);
    LiveFeed live = parts.add(new LiveFeed(wiring.decoder(), ground.clock()));
    IntakeServer intake = intake(wiring, sourcesByPath, live);
    AdminServer admin = parts.add(new AdminPort(wiring, entrance, intake).start(live));
    parts.add(intake).open();
    return new Running(intake.port(), admin.port(), entrance, parts);
  }

  private Wiring.Spine spine(Map<String, Source> sourcesByPath) throws IOException {
    Settings settings = ground.settings();
    JournalSettings usual = settings.of(Sections.JOURNAL);
    EmbeddedJournal journal =
        parts.add(
            EmbeddedJournal.open(
                usual.readBy(features.consumersBeside(usual.consumers())),
                new TimedDisk(new FileDisk(), ground.registry()),
                ground.clock()));
    RecoveryLog.tell(journal.recovery());
    parts.add(new SystemMeters(ground.registry(), journal, Version.TEXT));
    LakeSettings storage = settings.of(Sections.LAKE);
    Lake lake = parts.add(Lake.open(storage, journal.id(), ground.clock()));
    Map<String, Source> byName =
        sourcesByPath.values().stream().collect(Collectors.toMap(Source::name, source -> source));
    LakeReader reader = LakeReader.open(storage);
    HalfLanded target = parts.add(new HalfLanded(lake, reader, byName, ground.clock()));
    LakePipeline pipeline =
        parts.add(
            LakePipeline.start(
                new LakePipeline.Parts(
                    journal,
                    target,
                    byName,
                    ground.registry(),
                    ground.clock(),
                    RandomGenerator.getDefault()),
                settings.of(Sections.PIPELINE)));
    return new Wiring.Spine(byName, journal, lake, reader, pipeline);
  }

  private IntakeServer intake(Wiring wiring, Map<String, Source> sourcesByPath, LiveFeed live) {
    Journal journal = wiring.spine().journal();
    IntakeSettings wanted = ground.settings().of(Sections.INTAKE);
    return IntakeServer.build(
        wanted.withConnectionsUpTo(OpenFiles.mostConnections(wanted.maxConnections())),
        new IntakeServer.Parts(
            sourcesByPath,
            journal,
            new JournalReadiness(journal),
            ground.registry(),
            ground.clock(),
            Version.TEXT,
            live));
  }
}
