package dev.hooklake.server.app;

import dev.hooklake.journal.EmbeddedJournal;
import dev.hooklake.journal.Journal;
import dev.hooklake.journal.JournalSettings;
import dev.hooklake.journal.disk.FileDisk;
import dev.hooklake.lake.Lake;
import dev.hooklake.lake.LakeReader;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.lake.MaintenanceSettings;
import dev.hooklake.server.admin.AdminServer;
import dev.hooklake.server.admin.SystemMeters;
import dev.hooklake.server.admin.TimedDisk;
import dev.hooklake.server.app.settings.GeneralSettings;
import dev.hooklake.server.app.settings.Sections;
import dev.hooklake.server.app.settings.Settings;
import dev.hooklake.server.app.settings.SourceSettings;
import dev.hooklake.server.console.LiveFeed;
import dev.hooklake.server.intake.IntakeServer;
import dev.hooklake.server.intake.IntakeSettings;
import dev.hooklake.server.pipeline.LakePipeline;
import dev.hooklake.server.replay.JournalWithHistory;
import dev.hooklake.server.replay.LandedRecords;
import dev.hooklake.server.replay.ReleasedRecords;
import dev.hooklake.sources.Source;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Wires a server: journal, operations database, lake, pipeline, features, admin port and public
/// port, opened in this order and closed in reverse, so that what was accepted is stored, and what
/// is stored has a chance to land.
public final class Server {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

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
    EmbeddedJournal journal = journal();
    // Not earlier: who does not hold the journal must not change the tables of the server that
    // does.
    OpeningOperations operations =
        parts.add(OpeningOperations.start(ground.settings().of(Sections.DATABASE)));
    Entrance entrance = Entrance.of(ground);
    var wiring = new Wiring(ground, spine(journal), operations, parts);
    emptyScratch(wiring.spine().lake());
    features.open(wiring);
    LiveFeed live = wiring.live();
    IntakeServer intake = intake(wiring, live);
    AdminServer admin = parts.add(new AdminPort(wiring, entrance, intake).start(live));
    parts.add(intake).open();
    var ports = new Ports(intake.port(), admin.port());
    parts.add(ports.writtenTo(general.portsFile()));
    return new Running(intake.port(), admin.port(), entrance, journal, parts);
  }

  /// Of what an earlier run left, before anybody uses it.
  private void emptyScratch(Lake lake) {
    MaintenanceSettings settings = ground.settings().of(Sections.MAINTENANCE).lake();
    try {
      Files.createDirectories(settings.scratch());
      lake.maintenance(settings).clearScratch();
    } catch (IOException e) {
      LOG.warn("The scratch directory cannot be made or emptied: {}", e.toString());
    }
  }

  private EmbeddedJournal journal() throws IOException {
    JournalSettings usual = ground.settings().of(Sections.JOURNAL);
    EmbeddedJournal journal =
        parts.add(
            EmbeddedJournal.open(
                usual.readBy(features.consumersBeside(usual.consumers())),
                new TimedDisk(new FileDisk(), ground.registry()),
                ground.clock()));
    RecoveryLog.tell(journal.recovery());
    parts.add(new SystemMeters(ground.registry(), journal, Version.TEXT));
    return journal;
  }

  private Wiring.Spine spine(EmbeddedJournal journal) throws IOException {
    Settings settings = ground.settings();
    LakeSettings storage = settings.of(Sections.LAKE);
    Lake lake = parts.add(Lake.open(storage, journal.id(), ground.clock()));
    Map<String, Source> byName =
        settings.of(Sections.SOURCES).stream()
            .collect(Collectors.toMap(SourceSettings::name, SourceSettings::source));
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
    var history = new JournalWithHistory(journal, released(storage, reader), ground.registry());
    return new Wiring.Spine(byName, journal, history, lake, reader, pipeline);
  }

  /// Landing is read by SQL, which takes local files only. Elsewhere what a consumer missed is
  /// counted, not read.
  private static ReleasedRecords released(LakeSettings storage, LakeReader reader) {
    boolean local = "file".equals(storage.root().getScheme());
    return local ? new LandedRecords(reader) : (_, _) -> List.of();
  }

  private IntakeServer intake(Wiring wiring, LiveFeed live) {
    Journal journal = wiring.spine().journal();
    IntakeSettings wanted = ground.settings().of(Sections.INTAKE);
    return IntakeServer.build(
        wanted.withConnectionsUpTo(OpenFiles.mostConnections(wanted.maxConnections())),
        new IntakeServer.Parts(
            ground.settings().of(Sections.SOURCES).stream().map(SourceSettings::endpoint).toList(),
            journal,
            new JournalReadiness(journal),
            ground.registry(),
            ground.clock(),
            Version.TEXT,
            live));
  }
}
