package dev.hooklake.server.forwarding;

import dev.hooklake.server.forwarding.DeadLetters.Backlog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How many events wait for each destination and how many it never took: counted now and then, and
/// carried on in between.
public final class Backlogs {
  private static final Logger LOG = LoggerFactory.getLogger(Backlogs.class);

  private final DeadLetters letters;
  private final ForwardQueue queue;
  private final Map<String, Backlog> counted = new ConcurrentHashMap<>();
  private final Map<String, Counter> overflows = new HashMap<>();

  Backlogs(
      DeadLetters letters,
      ForwardQueue queue,
      List<Destination> destinations,
      MeterRegistry registry) {
    this.letters = letters;
    this.queue = queue;
    for (Destination destination : destinations) {
      register(destination.name(), registry);
    }
  }

  Backlog of(String destination) {
    return counted.getOrDefault(destination, Backlog.NONE);
  }

  void count() {
    Map<String, Backlog> now = letters.backlogs();
    overflows.keySet().forEach(name -> counted.put(name, now.getOrDefault(name, Backlog.NONE)));
  }

  /// @param before when those died that are dropped
  /// @param givenUpBefore when what waits for unknown destinations was queued
  void sweep(Instant before, Instant givenUpBefore) {
    int dead = letters.giveUpOthersThan(overflows.keySet(), givenUpBefore);
    if (dead > 0) {
      LOG.warn(
          "{} events waited for destinations that are not in the settings: dead letters", dead);
    }
    int dropped = queue.sweep(before);
    if (dropped > 0) {
      LOG.warn("{} dead letters were older than their retention and are dropped", dropped);
    }
  }

  /// Queued since, and left out because too many wait.
  void added(Map<String, Integer> queued, Map<String, Integer> overflow) {
    queued.forEach((name, events) ->
        counted.computeIfPresent(
            name, (_, was) -> new Backlog(was.waiting() + events, was.dead(), was.oldest())));
    overflow.forEach((name, events) -> {
      LOG.error(
          "Destination {} does not keep up: {} events were not queued for it, the lake has them",
          name,
          events);
      Objects.requireNonNull(overflows.get(name)).increment(events);
    });
  }

  private void register(String destination, MeterRegistry registry) {
    overflows.put(
        destination,
        Counter.builder("hooklake.forwarding.overflow")
            .description("Events not queued for a destination because too many waited for it")
            .tag("destination", destination)
            .register(registry));
    Gauge.builder("hooklake.forwarding.waiting", this, all -> all.of(destination).waiting())
        .description("Events that wait for a destination")
        .tag("destination", destination)
        .register(registry);
    Gauge.builder("hooklake.forwarding.dead", this, all -> all.of(destination).dead())
        .description("Dead letters of a destination")
        .tag("destination", destination)
        .register(registry);
  }
}
