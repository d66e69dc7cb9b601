package dev.hooklake.server.admin;

import dev.hooklake.journal.EventKey;
import dev.hooklake.journal.Journal;
import dev.hooklake.journal.JournalRecord;
import dev.hooklake.server.admin.EventOutcome.Outcome;
import dev.hooklake.server.analytics.EventLookup;
import dev.hooklake.server.analytics.EventLookup.LandedEvent;
import dev.hooklake.server.pipeline.LakePipeline;
import dev.hooklake.server.pipeline.LakeProgress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds out what became of an event: asks the journal for what has not landed, then the lake.
public final class EventOutcomes {
  private static final Patience PATIENCE = new Patience(Duration.ofSeconds(30));

  private final Journal journal;
  private final LakePipeline pipeline;
  private final EventLookup lake;

  public EventOutcomes(Journal journal, LakePipeline pipeline, EventLookup lake) {
    this.journal = journal;
    this.pipeline = pipeline;
    this.lake = lake;
  }

  public EventOutcome find(String source, String key) {
    try {
      // The journal first: what leaves it meanwhile is then found in the lake.
      LakeProgress progress = pipeline.progress();
      long landedThrough = Math.max(0, progress.landedThrough());
      Optional<JournalRecord> waiting =
          PATIENCE
              .ask(() -> journal.find(EventKey.of(source, key), landedThrough))
              .filter(record -> !record.erased());
      if (waiting.isPresent()) {
        return inJournal(source, key, waiting.get(), progress);
      }
      return PATIENCE
          .ask(() -> lake.find(source, key))
          .map(landed -> landed(source, key, landed))
          .orElseGet(() -> nowhere(source, key, Outcome.unknown, null));
    } catch (IOException e) {
      return nowhere(source, key, Outcome.undetermined, e.getMessage());
    }
  }

  private static EventOutcome inJournal(
      String source, String key, JournalRecord record, LakeProgress progress) {
    Instant next = progress.nextAttemptAt();
    return new EventOutcome(
        source,
        key,
        Outcome.in_journal,
        record.appendedAt().toString(),
        record.sequence(),
        null,
        null,
        null,
        null,
        progress.lastError(),
        next == null ? null : next.toString());
  }

  private static EventOutcome landed(String source, String key, LandedEvent event) {
    return new EventOutcome(
        source,
        key,
        event.reason() == null ? Outcome.landed : Outcome.quarantined,
        event.receivedAt().toString(),
        event.journalPosition(),
        event.table(),
        event.tableVersion(),
        event.reason(),
        event.message(),
        null,
        null);
  }

  private static EventOutcome nowhere(
      String source, String key, Outcome outcome, @Nullable String lastError) {
    return new EventOutcome(
        source, key, outcome, null, null, null, null, null, null, lastError, null);
  }
}
