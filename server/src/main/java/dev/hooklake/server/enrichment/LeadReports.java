package dev.hooklake.server.enrichment;

import dev.hooklake.journal.AppendOutcome;
import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.pipeline.EventCodec;
import dev.hooklake.server.pipeline.OwnEvents;
import dev.hooklake.sources.c2s.LeadEnrichment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/// Puts how enrichments ended into the journal, from where it lands in the lake.
///
/// An ending that was written and not yet marked so is written again under the same key, and the
/// journal knows it.
final class LeadReports {
  private static final int BATCH = 500;

  private static final String UNREPORTED =
      "SELECT * FROM webhook_events WHERE processed_at IS NOT NULL AND reported_at IS NULL"
          + " AND run > 0 ORDER BY processed_at LIMIT :batch";

  private static final String REPORTED =
      "UPDATE webhook_events SET reported_at = :now WHERE id = :id AND run = :run"
          + " AND processed_at IS NOT NULL";

  private final OperationsDatabase database;
  private final OwnEvents events;
  private final InstantSource clock;

  LeadReports(OperationsDatabase database, OwnEvents events, InstantSource clock) {
    this.database = database;
    this.events = events;
    this.clock = clock;
  }

  /// Reports what has ended since; stops where the journal takes no more.
  void run() throws InterruptedException {
    List<StoredEvent> ended =
        database.read(handle ->
            handle
                .createQuery(UNREPORTED)
                .bind("batch", BATCH)
                .map((rs, _) -> StoredEvent.of(rs))
                .list());
    for (StoredEvent event : ended) {
      if (!report(event)) {
        return;
      }
    }
  }

  private boolean report(StoredEvent event) throws InterruptedException {
    LeadEnrichment enrichment = enrichment(event);
    AppendOutcome outcome =
        events.append(List.of(EventCodec.entry(enrichment.event(event.source())))).getFirst();
    boolean kept =
        switch (outcome) {
          case AppendOutcome.Appended _, AppendOutcome.Duplicate _ -> true;
          case AppendOutcome.Full _, AppendOutcome.Failed _ -> false;
        };
    if (kept) {
      database.change(handle ->
          handle
              .createUpdate(REPORTED)
              .bind("id", event.id())
              .bind("run", event.run())
              .bind("now", EpochMicros.of(clock.instant()))
              .execute());
    }
    return kept;
  }

  private LeadEnrichment enrichment(StoredEvent event) {
    Instant endedAt = Objects.requireNonNull(event.processedAt());
    Outcome outcome = event.outcome();
    List<LeadEnrichment.Step> steps =
        database.read(handle -> Steps.list(handle, event.id())).stream()
            .map(step ->
                new LeadEnrichment.Step(
                    step.step().label(),
                    step.state().label(),
                    Duration.between(step.startedAt(), step.endedAt()).toMillis()))
            .toList();
    return new LeadEnrichment(
        event.leadId(),
        event.id(),
        event.run(),
        outcome == null ? event.status().label() : outcome.label(),
        event.receivedAt(),
        endedAt,
        steps);
  }
}
