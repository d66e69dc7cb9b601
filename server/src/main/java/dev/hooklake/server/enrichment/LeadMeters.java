package dev.hooklake.server.enrichment;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/// What enrichment counts.
public final class LeadMeters implements Moments {
  private final MeterRegistry registry;
  private final Counter notes;

  public LeadMeters(MeterRegistry registry) {
    this.registry = registry;
    this.notes =
        Counter.builder("hooklake.leads.notes")
            .description("Notes that the CRM took")
            .register(registry);
  }

  long ended(EventStatus status) {
    return (long) counter(status).count();
  }

  long notes() {
    return (long) notes.count();
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
    if (step == StepName.NOTE && state == StepRecord.State.DONE) {
      notes.increment();
    }
  }

  @Override
  public void eventEnded(EventStatus status) {
    counter(status).increment();
  }

  private Counter counter(EventStatus status) {
    return Counter.builder("hooklake.leads.ended")
        .description("Lead events whose enrichment ended")
        .tag("status", status.label())
        .register(registry);
  }
}
