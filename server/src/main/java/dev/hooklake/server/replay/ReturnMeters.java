package dev.hooklake.server.replay;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// How much a consumer that was off has caught up with, and how much is nowhere any more.
record ReturnMeters(Counter caughtUp, Counter missed) {
  ReturnMeters(MeterRegistry registry, String consumer) {
    this(
        Counter.builder("hooklake.consumer.caught.up.records")
            .description(
                "Records that a consumer read from landing, the journal having let them go")
            .tag("consumer", consumer)
            .register(registry),
        Counter.builder("hooklake.consumer.missed.records")
            .description("Records that a consumer never saw: neither journal nor landing has them")
            .tag("consumer", consumer)
            .register(registry));
  }
}
