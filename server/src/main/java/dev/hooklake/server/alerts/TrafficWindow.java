package dev.hooklake.server.alerts;

import dev.hooklake.server.alerts.Measurements.SourceTraffic;
import dev.hooklake.server.alerts.Measurements.Window;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The public port's counters over the last quarter of an hour, from the metrics it keeps anyway.
///
/// Used by one thread.
final class TrafficWindow {
  static final Duration LENGTH = Duration.ofMinutes(15);

  private static final Set<String> SIGNATURE =
      Set.of(
          "signature_missing",
          "signature_malformed",
          "signature_wrong",
          "timestamp_missing",
          "timestamp_malformed",
          "timestamp_outside_tolerance");
  private static final Set<String> OURS =
      Set.of("overloaded", "journal_full", "journal_failed", "fault");

  private final MeterRegistry registry;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private final Map<String, Instant> lastEvents = new HashMap<>();

  /// @param startedAt when all counters were zero
  TrafficWindow(MeterRegistry registry, Instant startedAt) {
    this.registry = registry;
    samples.add(new Sample(startedAt, Map.of()));
  }

  Window measure(Instant now) {
    Instant begin = now.minus(LENGTH);
    Map<String, SourceTraffic> counters = counters();
    noteEvents(counters, now);
    samples.addLast(new Sample(now, counters));
    while (samples.size() > 2 && !second().at().isAfter(begin)) {
      samples.removeFirst();
    }
    Sample first = samples.getFirst();
    List<SourceTraffic> traffic =
        counters.values().stream()
            .map(one -> since(one, first.counters().get(one.source())))
            .toList();
    return new Window(Duration.between(first.at(), now), !first.at().isAfter(begin), traffic);
  }

  /// When something that the source signed was last seen to arrive; null when nothing did.
  @Nullable Instant lastEvent(String source) {
    return lastEvents.get(source);
  }

  private void noteEvents(Map<String, SourceTraffic> counters, Instant now) {
    Map<String, SourceTraffic> before = samples.getLast().counters();
    counters.forEach((source, traffic) -> {
      SourceTraffic fresh = since(traffic, before.get(source));
      if (fresh.received() > fresh.refused()) {
        lastEvents.put(source, now);
      }
    });
  }

  private Sample second() {
    var iterator = samples.iterator();
    iterator.next();
    return iterator.next();
  }

  private static SourceTraffic since(SourceTraffic now, @Nullable SourceTraffic before) {
    return before == null
        ? now
        : new SourceTraffic(
            now.source(),
            now.received() - before.received(),
            now.refused() - before.refused(),
            now.failed() - before.failed());
  }

  private Map<String, SourceTraffic> counters() {
    var counters = new TreeMap<String, SourceTraffic>();
    for (Counter counter : registry.find("hooklake.events.received").counters()) {
      String source = String.valueOf(counter.getId().getTag("source"));
      counters.put(
          source,
          new SourceTraffic(
              source, (long) counter.count(), rejected(source, SIGNATURE), rejected(source, OURS)));
    }
    return counters;
  }

  private long rejected(String source, Set<String> reasons) {
    return registry.find("hooklake.events.rejected").tag("source", source).counters().stream()
        .filter(counter -> reasons.contains(String.valueOf(counter.getId().getTag("reason"))))
        .mapToLong(counter -> (long) counter.count())
        .sum();
  }

  private record Sample(Instant at, Map<String, SourceTraffic> counters) {}
}
