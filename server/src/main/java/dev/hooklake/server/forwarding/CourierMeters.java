package dev.hooklake.server.forwarding;

import dev.hooklake.server.forwarding.ForwardQueue.Ending;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;

/// What is counted of one destination.
final class CourierMeters {
  private final String destination;
  private final MeterRegistry registry;
  private final Counter delivered;
  private final Counter failed;
  private final Counter dead;
  private final Timer attempts;

  CourierMeters(String destination, MeterRegistry registry) {
    this.destination = destination;
    this.registry = registry;
    this.delivered = attempts("delivered");
    this.failed = attempts("failed");
    this.dead = attempts("dead");
    this.attempts =
        Timer.builder("hooklake.forwarding.attempt.duration")
            .description("How long attempts to deliver took, whatever came of them")
            .tag("destination", destination)
            .register(registry);
  }

  void watch(Supplier<Number> open) {
    Gauge.builder("hooklake.forwarding.breaker.open", open)
        .description("1 while a destination that kept failing is left alone")
        .tag("destination", destination)
        .register(registry);
  }

  Attempt timed(Supplier<Attempt> attempt) {
    return attempts.record(attempt);
  }

  void count(Ending ending) {
    switch (ending) {
      case Ending.Delivered _ -> delivered.increment();
      case Ending.Again _ -> failed.increment();
      case Ending.Dead _ -> dead.increment();
    }
  }

  long delivered() {
    return (long) delivered.count();
  }

  private Counter attempts(String outcome) {
    return Counter.builder("hooklake.forwarding.attempts")
        .description("Attempts to deliver events, by what came of them")
        .tag("destination", destination)
        .tag("outcome", outcome)
        .register(registry);
  }
}
