package dev.hooklake.server.intake;

import dev.hooklake.journal.Journal;
import dev.hooklake.server.fake.PlainSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// A public port that is always ready and takes what is signed `good` at `/hook`.
final class PlainIntake {
  private PlainIntake() {}

  static IntakeServer open(IntakeSettings settings, Journal journal, InstantSource clock)
      throws IOException {
    return open(
        settings,
        journal,
        Optional::empty,
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
        clock);
  }

  /// As ready, and counted, as told.
  static IntakeServer open(
      IntakeSettings settings,
      Journal journal,
      Readiness readiness,
      MeterRegistry registry,
      InstantSource clock)
      throws IOException {
    IntakeServer server =
        IntakeServer.build(
            settings,
            new IntakeServer.Parts(
                List.of(new Endpoint("/hook", new PlainSource(), SourceLimits.NONE)),
                journal,
                readiness,
                registry,
                clock,
                "1"));
    server.open();
    return server;
  }
}
