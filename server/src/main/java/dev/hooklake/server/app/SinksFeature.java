package dev.hooklake.server.app;

import dev.hooklake.server.access.Audit;
import dev.hooklake.server.admin.SinkRoutes;
import dev.hooklake.server.app.settings.Settings;
import dev.hooklake.server.console.SinkPages;
import dev.hooklake.server.operations.ConsumerThread;
import dev.hooklake.server.operations.DatabaseConsumer;
import dev.hooklake.server.sinks.SinkMeters;
import dev.hooklake.server.sinks.SinkRejects;
import dev.hooklake.server.sinks.SinkSettings;
import dev.hooklake.server.sinks.Sinks;
import dev.hooklake.server.sinks.Streaming;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Streams events into warehouses, each with a place in the journal of its own.
record SinksFeature(List<SinkSettings> sinks) implements Feature {

  @Override
  public boolean isOn(Settings settings) {
    return true;
  }

  @Override
  public Set<String> consumers() {
    return sinks.stream().map(SinkSettings::consumer).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void open(Wiring wiring) {
    List<Sinks.Running> running = sinks.stream().map(sink -> start(wiring, sink)).toList();
    var reports = new Sinks(running, new SinkRejects(wiring.operations()));
    wiring.serve(
        new SinkRoutes(reports, new Audit(wiring.operations(), wiring.ground().clock())).all());
    wiring.show(new SinkPages(reports));
  }

  private static Sinks.Running start(Wiring wiring, SinkSettings sink) {
    Wiring.Ground ground = wiring.ground();
    var meters = new SinkMeters(sink.name(), ground.registry());
    Streaming streaming = wiring.add(Streaming.into(sink, wiring.decoder()::decode, meters));
    ConsumerThread consumer =
        ConsumerThread.start(
            new DatabaseConsumer.Parts(
                sink.consumer(),
                wiring.spine().history(),
                wiring.operations(),
                streaming,
                ground.clock()),
            ground.registry(),
            RandomGenerator.getDefault());
    wiring.consume(consumer);
    return new Sinks.Running(sink, consumer, meters);
  }
}
