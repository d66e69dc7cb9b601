package dev.hooklake.server.enrichment;

import dev.hooklake.journal.JournalRecord;
import dev.hooklake.server.enrichment.LeadArrivals.Arrival;
import dev.hooklake.server.operations.JournalEffect;
import dev.hooklake.server.pipeline.EventCodec;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.c2s.LeadEnrichment;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// What leads make of the journal: each usable event of the CRM is stored, with its job.
public final class LeadIntake implements JournalEffect {
  /// The name under which the journal and the database keep its place.
  public static final String NAME = "leads";

  private final Set<String> sources;
  private final LeadArrivals arrivals;
  private final Runnable wake;
  private final Counter stored;
  private final Counter repeated;

  /// @param sources whose events are leads
  /// @param enriching whether jobs are made
  /// @param wake tells that there are new ones
  public LeadIntake(Set<String> sources, boolean enriching, Runnable wake, MeterRegistry registry) {
    this.sources = Set.copyOf(sources);
    this.arrivals = new LeadArrivals(enriching);
    this.wake = wake;
    this.stored = counter(registry, "stored");
    this.repeated = counter(registry, "known");
  }

  long storedSinceStart() {
    return (long) stored.count();
  }

  @Override
  public Work prepare(List<JournalRecord> records, Instant now) {
    List<Arrival> leads = new ArrayList<>();
    for (JournalRecord record : records) {
      EventCodec.event(record).filter(this::mayBeLead).flatMap(Arrival::of).ifPresent(leads::add);
    }
    return new Batch(leads, now);
  }

  private boolean mayBeLead(SourceEvent event) {
    return sources.contains(event.source()) && !LeadEnrichment.is(event);
  }

  private static Counter counter(MeterRegistry registry, String outcome) {
    return Counter.builder("hooklake.leads.events")
        .description("Lead events out of the journal: stored, or known already")
        .tag("outcome", outcome)
        .register(registry);
  }

  private final class Batch implements Work {
    private final List<Arrival> leads;
    private final Instant now;
    private int added;

    Batch(List<Arrival> leads, Instant now) {
      this.leads = leads;
      this.now = now;
    }

    @Override
    public void store(Handle handle) {
      added = 0;
      for (Arrival lead : leads) {
        added += arrivals.store(handle, lead, now) ? 1 : 0;
      }
    }

    @Override
    public void stored() {
      stored.increment(added);
      repeated.increment(leads.size() - added);
      if (added > 0) {
        wake.run();
      }
    }
  }
}
