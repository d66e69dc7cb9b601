package dev.hooklake.server.enrichment.call;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.IntSupplier;

/// What calls of services count.
public final class CallMeters {
  private final MeterRegistry registry;

  public CallMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  void watch(String service, IntSupplier open) {
    Gauge.builder("hooklake.service.breaker.open", open, IntSupplier::getAsInt)
        .description("1 while the service is left alone because it failed too often")
        .tag("service", service)
        .strongReference(true)
        .register(registry);
  }

  void called(String service, CallOutcome outcome) {
    String label =
        switch (outcome) {
          case CallOutcome.Answered _ -> "answered";
          case CallOutcome.Failed(Failure failure) ->
              failure.kind().name().toLowerCase(Locale.ROOT);
        };
    Counter.builder("hooklake.service.calls")
        .description("Calls of a service by what came of them")
        .tag("service", service)
        .tag("outcome", label)
        .register(registry)
        .increment();
  }
}
