package dev.hooklake.server.enrichment;

import dev.hooklake.journal.AppendOutcome;
import dev.hooklake.journal.Entry;
import dev.hooklake.server.enrichment.crm.C2sApi;
import dev.hooklake.server.enrichment.crm.CrmAnswer;
import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.pipeline.EventCodec;
import dev.hooklake.server.pipeline.OwnEvents;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.c2s.LeadEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the CRM which leads have changed, and puts what no webhook brought into the journal, where
/// those that one did bring are known by their keys.
///
/// A round that cannot be finished begins again where the last whole one ended.
public final class LeadPoller {
  private static final Logger LOG = LoggerFactory.getLogger(LeadPoller.class);

  /// The CRM counts in seconds, and its list may lag behind.
  private static final Duration OVERLAP = Duration.ofMinutes(2);

  private static final int MOST_PAGES = 100;

  private static final String SEEN = "SELECT seen_through FROM lead_polls WHERE source = :source";

  private static final String SEE =
      "INSERT INTO lead_polls (source, seen_through) VALUES (:source, :through)"
          + " ON CONFLICT (source) DO UPDATE SET seen_through = excluded.seen_through";

  /// What a poller works with.
  ///
  /// @param every between rounds; the first one looks back as far
  public record Parts(
      C2sApi crm,
      Source source,
      String path,
      OwnEvents events,
      OperationsDatabase database,
      Duration every,
      InstantSource clock) {}

  private final Parts parts;
  private final Counter found;

  public LeadPoller(Parts parts, MeterRegistry registry) {
    this.parts = parts;
    this.found =
        Counter.builder("hooklake.leads.polled")
            .description("Lead events that the CRM's list brought and no webhook had")
            .register(registry);
  }

  public Chore chore() {
    return new Chore("lead-poller", parts.every(), this::run);
  }

  void run() throws InterruptedException {
    Instant from = seenThrough();
    Instant newest = from;
    for (int page = 1; page <= MOST_PAGES; page++) {
      switch (parts.crm().leadsChangedFrom(from.minus(OVERLAP), page)) {
        case CrmAnswer.Done<List<String>>(var leads) -> {
          if (!take(leads)) {
            LOG.warn("Polling leads stops: the journal takes no more");
            return;
          }
          newest = latest(leads, newest);
          if (leads.isEmpty()) {
            see(newest);
            return;
          }
        }
        case CrmAnswer.Unknown<?> _ -> {
          LOG.warn("Polling leads failed: the CRM has no list of leads at its URL");
          return;
        }
        case CrmAnswer.Failed<?>(var failure) -> {
          LOG.warn("Polling leads failed: {}", failure.reason());
          return;
        }
      }
    }
    // More than a round may ask for: the next one goes on from what this one saw.
    see(newest);
  }

  private boolean take(List<String> leads) throws InterruptedException {
    List<Entry> entries = new ArrayList<>();
    for (String lead : leads) {
      Delivery delivery =
          new Delivery(
              parts.path(),
              "",
              Headers.of("content-type", "application/json", "user-agent", "hooklake-poller"),
              Payload.of(lead),
              parts.clock().instant());
      parts.source().split(delivery).forEach(event -> entries.add(EventCodec.entry(event)));
    }
    boolean kept = true;
    for (AppendOutcome outcome : parts.events().append(entries)) {
      switch (outcome) {
        case AppendOutcome.Appended _ -> found.increment();
        case AppendOutcome.Duplicate _ -> {}
        case AppendOutcome.Full _, AppendOutcome.Failed _ -> kept = false;
      }
    }
    return kept;
  }

  private static Instant latest(List<String> leads, Instant newest) {
    Instant latest = newest;
    for (String lead : leads) {
      Instant at = LeadEvent.read(Payload.of(lead)).map(LeadEvent::updatedAt).orElse(Instant.MIN);
      latest = at.isAfter(latest) ? at : latest;
    }
    return latest;
  }

  private Instant seenThrough() {
    return parts
        .database()
        .read(handle ->
            handle
                .createQuery(SEEN)
                .bind("source", parts.source().name())
                .mapTo(Long.class)
                .findOne())
        .map(EpochMicros::instant)
        .orElseGet(() -> parts.clock().instant().minus(parts.every()));
  }

  private void see(Instant through) {
    parts
        .database()
        .change(handle ->
            handle
                .createUpdate(SEE)
                .bind("source", parts.source().name())
                .bind("through", EpochMicros.of(through))
                .execute());
  }
}
