package dev.hooklake.server.simulator;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// What became of a load so far, or at its end.
///
/// @param firstsBySource events answered 2xx that were sent for the first time, by source
/// @param repeats events answered 2xx whose bytes had been sent before on purpose
/// @param retries attempts after a refusal, a time-out or a broken connection
/// @param givenUp events that never got a 2xx
/// @param brokenConnections attempts without any answer
/// @param statuses answers by HTTP status
/// @param p50Micros half of the 2xx answers came within this time
/// @param p99Micros 99 of 100 did
public record LoadReport(
    Map<String, Long> firstsBySource,
    long repeats,
    long retries,
    long givenUp,
    long brokenConnections,
    Map<Integer, Long> statuses,
    long p50Micros,
    long p99Micros,
    Duration elapsed) {
  public LoadReport {
    firstsBySource = new TreeMap<>(firstsBySource);
    statuses = new TreeMap<>(statuses);
  }

  public long firsts() {
    return firstsBySource.values().stream().mapToLong(Long::longValue).sum();
  }

  public long answered() {
    return firsts() + repeats;
  }

  public double perSecond() {
    return answered() / Math.max(0.001, elapsed.toNanos() / 1e9);
  }
}
