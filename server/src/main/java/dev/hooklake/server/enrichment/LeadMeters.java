package dev.hooklake.server.enrichment;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/// What enrichment counts.
public final class LeadMeters implements Moments {
  private final MeterRegistry registry;

  public LeadMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void begins(StepName step) {}

  @Override
  public void recording(StepName step) {}

  @Override
  public void ended(StepName step, StepRecord.State state, Duration took) {
    Timer.builder("hooklake.leads.steps")
        .description("Steps of enrichments that ended, and how long the last attempt took")
        .tag("step", step.label())
        .tag("state", state.label())
        .register(registry)
        .record(took);
  }

  @Override
  public void eventEnded(EventStatus status) {
    Counter.builder("hooklake.leads.ended")
        .description("Lead events whose enrichment ended")
        .tag("status", status.label())
        .register(registry)
        .increment();
  }
}
