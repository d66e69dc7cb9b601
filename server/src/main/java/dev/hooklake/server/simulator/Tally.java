package dev.hooklake.server.simulator;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts answers as they come, from every connection.
final class Tally {
  private final Map<String, LongAdder> firsts = new ConcurrentHashMap<>();
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

  void acknowledged(Outgoing outgoing, long micros) {
    if (outgoing.event().repeat()) {
      repeats.increment();
    } else {
      firsts.computeIfAbsent(outgoing.sender().source(), _ -> new LongAdder()).increment();
    }
    latencies.record(micros);
  }

  void gaveUp() {
    givenUp.increment();
  }

  LoadReport report(Duration elapsed) {
    var byStatus = new HashMap<Integer, Long>();
    statuses.forEach((status, count) -> byStatus.put(status, count.sum()));
    var bySource = new HashMap<String, Long>();
    firsts.forEach((source, count) -> bySource.put(source, count.sum()));
    return new LoadReport(
        bySource,
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
