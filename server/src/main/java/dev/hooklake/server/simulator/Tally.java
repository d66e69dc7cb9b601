package dev.hooklake.server.simulator;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts answers as they come, from every connection.
final class Tally {
  private final LongAdder firsts = new LongAdder();
  private final LongAdder repeats = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder givenUp = new LongAdder();
  private final LongAdder broken = new LongAdder();
  private final Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
  private final LatencyHistogram latencies = new LatencyHistogram();

  void answered(int status) {
    statuses.computeIfAbsent(status, key -> new LongAdder()).increment();
  }

  void broken() {
    broken.increment();
  }

  void retried() {
    retries.increment();
  }

  void acknowledged(SimulatedEvent event, long micros) {
    (event.repeat() ? repeats : firsts).increment();
    latencies.record(micros);
  }

  void gaveUp() {
    givenUp.increment();
  }

  LoadReport report(Duration elapsed) {
    var byStatus = new HashMap<Integer, Long>();
    statuses.forEach((status, count) -> byStatus.put(status, count.sum()));
    return new LoadReport(
        firsts.sum(),
        repeats.sum(),
        retries.sum(),
        givenUp.sum(),
        broken.sum(),
        byStatus,
        latencies.percentileMicros(0.5),
        latencies.percentileMicros(0.99),
        elapsed);
  }
}
