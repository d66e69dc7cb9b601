package dev.hooklake.server.app;

import dev.hooklake.server.access.Audit;
import dev.hooklake.server.admin.AlertRoutes;
import dev.hooklake.server.admin.DriftRoutes;
import dev.hooklake.server.alerts.AlertSettings;
import dev.hooklake.server.alerts.AlertThread;
import dev.hooklake.server.alerts.Alerts;
import dev.hooklake.server.alerts.MeasurementReader;
import dev.hooklake.server.alerts.TellingThreads;
import dev.hooklake.server.alerts.drift.Drift;
import dev.hooklake.server.app.settings.Sections;
import dev.hooklake.server.app.settings.Settings;

/// Watches the server and what lands, tells people, and keeps the drift report.
final class AlertsFeature implements Feature {
  @Override
  public boolean isOn(Settings settings) {
    return true;
  }

  @Override
  public void open(Wiring wiring) {
    Wiring.Ground ground = wiring.ground();
    Wiring.Spine spine = wiring.spine();
    AlertSettings settings = ground.settings().of(Sections.ALERTS);
    var drift =
        new Drift(
            wiring.watching(),
            wiring.operations(),
            ground.settings().of(Sections.LAKE).root().toString(),
            spine.pipeline()::lag);
    var alerts =
        new Alerts(
            new Alerts.Parts(
                wiring.operations(), spine.journal().id(), ground.registry(), ground.clock()),
            settings);
    var reader =
        new MeasurementReader(
            new MeasurementReader.Parts(
                spine.journal(),
                spine.pipeline(),
                wiring::consumers,
                wiring.watching(),
                wiring.operations(),
                drift,
                ground.registry(),
                ground.settings().of(Sections.GENERAL).data()),
            settings.zone(),
            ground.clock().instant());
    wiring.watch(alerts, drift);
    var audit = new Audit(wiring.operations(), ground.clock());
    wiring.serve(new AlertRoutes(alerts, audit).all());
    wiring.serve(new DriftRoutes(drift).all());
    wiring.add(TellingThreads.start(alerts, settings.every()));
    wiring.add(
        AlertThread.start(
            now -> alerts.evaluate(reader.read(now)),
            settings.every(),
            ground.registry(),
            ground.clock()));
  }
}
