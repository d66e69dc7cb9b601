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

  void watch(String service, IntSupplier open, IntSupplier refused) {
    gauge(
        "hooklake.service.breaker.open",
        "1 while the service is left alone because it failed too often",
        service,
        open);
    gauge(
        "hooklake.service.refused", "1 while it does not accept our credentials", service, refused);
  }

  private void gauge(String name, String description, String service, IntSupplier value) {
    Gauge.builder(name, value, IntSupplier::getAsInt)
        .description(description)
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
