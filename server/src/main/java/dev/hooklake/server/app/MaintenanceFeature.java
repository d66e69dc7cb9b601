package dev.hooklake.server.app;

import dev.hooklake.server.app.settings.Sections;
import dev.hooklake.server.app.settings.Settings;
import dev.hooklake.server.maintenance.LakeMaintenance;
import dev.hooklake.server.maintenance.LakeMaintenanceSettings;
import dev.hooklake.server.maintenance.Load;
import dev.hooklake.server.maintenance.MaintenanceState;
import dev.hooklake.server.pipeline.LakePipeline;
import dev.hooklake.server.pipeline.LakeProgress;
import dev.hooklake.sources.event.Tables;
import java.time.Duration;

/// Keeps the lake's tables in shape beside the way of an event.
final class MaintenanceFeature implements Feature {
  /// Several times what a busy batch waits for its commit.
  private static final Duration BEHIND = Duration.ofSeconds(20);

  /// A trickle's batch may wait longer than that and is not behind.
  private static final long BEHIND_RECORDS = 10_000;

  @Override
  public boolean isOn(Settings settings) {
    return settings.of(Sections.MAINTENANCE).on();
  }

  @Override
  public void open(Wiring wiring) {
    Wiring.Ground ground = wiring.ground();
    Wiring.Spine spine = wiring.spine();
    LakeMaintenanceSettings settings = ground.settings().of(Sections.MAINTENANCE);
    var load =
        new Load(() -> spine.journal().status().lastSequence(), () -> isBehind(spine.pipeline()));
    var parts =
        new LakeMaintenance.Parts(
            spine.lake().maintenance(settings.lake()),
            Tables.readable(),
            load,
            ground.registry(),
            ground.clock());
    LakeMaintenance maintenance = wiring.add(LakeMaintenance.start(parts, settings.pacing()));
    wiring.report("maintenance", () -> MaintenanceState.of(maintenance));
  }

  /// Whether events wait for the lake for longer than usual.
  static boolean isBehind(LakePipeline pipeline) {
    return pipeline.progress().state() != LakeProgress.State.RUNNING
        || (pipeline.lag().compareTo(BEHIND) > 0 && pipeline.lagRecords() > BEHIND_RECORDS);
  }
}
