package dev.hooklake.server.app;

import dev.hooklake.journal.EmbeddedJournal;
import dev.hooklake.journal.Journal;
import dev.hooklake.journal.disk.FileDisk;
import dev.hooklake.lake.Lake;
import dev.hooklake.lake.LakeReader;
import dev.hooklake.server.admin.AdminServer;
import dev.hooklake.server.admin.AdminToken;
import dev.hooklake.server.admin.EventOutcomes;
import dev.hooklake.server.admin.StatusReport;
import dev.hooklake.server.admin.SystemMeters;
import dev.hooklake.server.analytics.LakeEventLookup;
import dev.hooklake.server.intake.IntakeServer;
import dev.hooklake.server.pipeline.LakePipeline;
import dev.hooklake.sources.Source;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Wires a server: journal, lake, pipeline, admin port and public port, opened in this order and
/// closed in reverse, so that what was accepted is stored, and what is stored has a chance to land.
public final class Server {
  private final Settings settings;
  private final InstantSource clock;
  private final OpenParts parts = new OpenParts();

  private Server(Settings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /// Ready to accept when it returns, whether or not the lake can be reached.
  public static Running start(Settings settings, InstantSource clock) throws IOException {
    var server = new Server(settings, clock);
    try {
      return server.open();
    } catch (IOException | RuntimeException e) {
      server.parts.close();
      throw e;
    }
  }

  private Running open() throws IOException {
    DataDirectory.create(settings.data());
    AdminToken token = AdminToken.in(settings.adminTokenFile());
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Map<String, Source> sourcesByPath = new LinkedHashMap<>();
    settings.sources().forEach(source -> sourcesByPath.put(source.path(), source.open()));

    Journal journal = parts.add(EmbeddedJournal.open(settings.journal(), new FileDisk(), clock));
    parts.add(new SystemMeters(registry, journal, Version.TEXT));
    Lake lake = parts.add(Lake.open(settings.lake(), journal.id(), clock));
    LakeReader reader = LakeReader.open(settings.lake());
    LakePipeline pipeline = parts.add(pipeline(journal, lake, sourcesByPath, registry));
    var readiness = new JournalReadiness(journal);
    IntakeServer intake =
        IntakeServer.build(
            settings.intake(),
            new IntakeServer.Parts(
                sourcesByPath, journal, readiness, registry, clock, Version.TEXT));
    var status =
        new StatusReport(
            new StatusReport.Parts(
                journal, pipeline, new LakeSummaries(reader), intake::counts, readiness, clock),
            Version.TEXT,
            settings.development());
    var events = new EventOutcomes(journal, pipeline, new LakeEventLookup(reader));
    AdminServer admin =
        parts.add(
            AdminServer.start(
                settings.admin(), new AdminServer.Parts(token, status, events, registry)));
    parts.add(intake).open();
    return new Running(intake.port(), admin.port(), token, parts);
  }

  private LakePipeline pipeline(
      Journal journal, Lake lake, Map<String, Source> sourcesByPath, MeterRegistry registry) {
    Map<String, Source> byName =
        sourcesByPath.values().stream().collect(Collectors.toMap(Source::name, source -> source));
    return LakePipeline.start(
        new LakePipeline.Parts(
            journal, new LakeTarget(lake), byName, registry, clock, RandomGenerator.getDefault()),
        settings.pipeline());
  }
}
