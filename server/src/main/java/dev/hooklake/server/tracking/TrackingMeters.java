package dev.hooklake.server.tracking;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// What tracking counts.
final class TrackingMeters {
  private final Counter applied;
  private final Counter waiting;
  private final Counter ignored;
  private final Counter dropped;

  TrackingMeters(MeterRegistry registry) {
    this.applied = events(registry, "applied");
    this.waiting = events(registry, "waiting");
    this.ignored = events(registry, "ignored");
    this.dropped =
        Counter.builder("hooklake.tracking.waiting.dropped")
            .description(
                "External ids whose message was not registered in time, or beyond the limit")
            .register(registry);
  }

  /// @param aside events that tell nothing of an outgoing message
  void count(StatusUpdates.Tally tally, int aside) {
    applied.increment(tally.applied());
    waiting.increment(tally.waiting());
    ignored.increment(aside);
  }

  void dropped(int count) {
    dropped.increment(count);
  }

  private static Counter events(MeterRegistry registry, String outcome) {
    return Counter.builder("hooklake.tracking.events")
        .description("Events by what tracking did with them")
        .tag("outcome", outcome)
        .register(registry);
  }
}
