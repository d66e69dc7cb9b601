package dev.hooklake.server.forwarding;

import dev.hooklake.server.forwarding.DeadLetters.Backlog;
import dev.hooklake.server.operations.OperationsDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// The couriers of all destinations, one each, so that a destination that hangs holds up no other.
public final class Couriers implements AutoCloseable {
  private final Map<Destination, Courier> couriers = new LinkedHashMap<>();
  private final DeadLetters letters;
  private final Backlogs backlogs;
  private final PastEvents pastEvents;

  /// What all couriers share.
  ///
  /// @param journal tells this server from others that share the database
  public record Ground(
      OperationsDatabase database, UUID journal, MeterRegistry registry, InstantSource clock) {}

  private Couriers(ForwardingSettings settings, Ground ground, AddressGuard.Lookup lookup) {
    var queue = new ForwardQueue(ground.database(), ground.journal().toString());
    this.letters = new DeadLetters(ground.database(), ground.clock());
    this.backlogs = new Backlogs(letters, queue, settings.destinations(), ground.registry());
    this.pastEvents = new PastEvents(ground.database(), settings, backlogs, ground.clock());
    queue.letGo(ground.clock().instant());
    for (Destination destination : settings.destinations()) {
      var sender =
          new HttpSender(
              destination, settings.patience().timeout(), settings.limits().parallel(), lookup);
      var parts =
          new Courier.Parts(
              queue,
              sender,
              new CourierMeters(destination.name(), ground.registry()),
              ground.clock(),
              RandomGenerator.getDefault());
      couriers.put(destination, new Courier(destination.name(), settings, parts));
    }
  }

  /// Lets go what this server held in its last life, and sends from now on.
  public static Couriers start(ForwardingSettings settings, Ground ground) {
    return start(settings, ground, InetAddress::getAllByName);
  }

  static Couriers start(ForwardingSettings settings, Ground ground, AddressGuard.Lookup lookup) {
    var started = new Couriers(settings, ground, lookup);
    started.couriers.values().forEach(Courier::start);
    return started;
  }

  public Backlogs backlogs() {
    return backlogs;
  }

  public PastEvents pastEvents() {
    return pastEvents;
  }

  public DeadLetters deadLetters() {
    return letters;
  }

  /// How each destination stands now, in the order of the settings.
  public List<DestinationReport> reports() {
    Map<String, Backlog> waiting = letters.backlogs();
    return couriers.entrySet().stream()
        .map(entry ->
            report(
                entry.getKey(),
                entry.getValue(),
                waiting.getOrDefault(entry.getKey().name(), Backlog.NONE)))
        .toList();
  }

  public boolean knows(String destination) {
    return couriers.keySet().stream().anyMatch(one -> one.name().equals(destination));
  }

  private static DestinationReport report(
      Destination destination, Courier courier, Backlog backlog) {
    return new DestinationReport(
        destination.name(),
        destination.origin(),
        backlog.waiting(),
        backlog.dead(),
        backlog.oldest(),
        courier.breaker(),
        courier.delivered(),
        courier.lastFailure());
  }

  @Override
  public void close() {
    couriers.values().parallelStream().forEach(Courier::close);
  }
}
