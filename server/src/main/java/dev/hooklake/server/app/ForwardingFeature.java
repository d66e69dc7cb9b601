package dev.hooklake.server.app;

import dev.hooklake.server.access.Audit;
import dev.hooklake.server.admin.ForwardingRoutes;
import dev.hooklake.server.app.settings.Sections;
import dev.hooklake.server.app.settings.Settings;
import dev.hooklake.server.console.DestinationPages;
import dev.hooklake.server.forwarding.Couriers;
import dev.hooklake.server.forwarding.DeadLetters;
import dev.hooklake.server.forwarding.Forwarding;
import dev.hooklake.server.forwarding.ForwardingSettings;
import dev.hooklake.server.operations.ConsumerThread;
import dev.hooklake.server.operations.DatabaseConsumer;
import dev.hooklake.server.replay.ForwardingReplay;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Sends chosen events on to other URLs.
final class ForwardingFeature implements Feature {

  /// While there is no destination, the paths say so.
  static final class Off implements Feature {
    @Override
    public boolean isOn(Settings settings) {
      return settings.of(Sections.FORWARDING).destinations().isEmpty();
    }

    @Override
    public void open(Wiring wiring) {
      Wiring.Ground ground = wiring.ground();
      Duration patience = ground.settings().of(Sections.FORWARDING).patience().giveUpAfter();
      new DeadLetters(wiring.operations(), ground.clock())
          .giveUpOthersThan(Set.of(), ground.clock().instant().minus(patience));
      serve(wiring, null, null);
    }
  }

  private static void serve(
      Wiring wiring, @Nullable Couriers couriers, ForwardingRoutes.@Nullable Asked asked) {
    InstantSource clock = wiring.ground().clock();
    var audit = new Audit(wiring.operations(), clock);
    wiring.serve(new ForwardingRoutes(asked, audit).all());
    wiring.show(new DestinationPages(couriers, audit, clock));
  }

  @Override
  public boolean isOn(Settings settings) {
    return !settings.of(Sections.FORWARDING).destinations().isEmpty();
  }

  @Override
  public Set<String> consumers() {
    return Set.of(Forwarding.NAME);
  }

  @Override
  public void open(Wiring wiring) {
    Wiring.Ground ground = wiring.ground();
    ForwardingSettings settings = ground.settings().of(Sections.FORWARDING);
    Couriers couriers =
        wiring.add(
            Couriers.start(
                settings,
                new Couriers.Ground(
                    wiring.operations(),
                    wiring.spine().journal().id(),
                    ground.registry(),
                    ground.clock())));
    var replay =
        new ForwardingReplay(
            wiring.spine().reader(),
            wiring.decoder(),
            couriers.pastEvents(),
            ground.clock(),
            wiring.copying().readLock());
    serve(wiring, couriers, new ForwardingRoutes.Asked(couriers, replay));
    var effect = new Forwarding(wiring.decoder()::decode, settings, couriers.backlogs());
    var parts =
        new DatabaseConsumer.Parts(
            Forwarding.NAME, wiring.spine().history(), wiring.operations(), effect, ground.clock());
    wiring.consume(ConsumerThread.start(parts, ground.registry(), RandomGenerator.getDefault()));
  }
}
