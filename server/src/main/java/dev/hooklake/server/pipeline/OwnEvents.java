package dev.hooklake.server.pipeline;

import dev.hooklake.journal.AppendOutcome;
import dev.hooklake.journal.Entry;
import dev.hooklake.journal.Journal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// The way into the journal for events that came through no door: what a backfill fetched, how an
/// enrichment ended. Counts them, so that everything that landed can be accounted for.
public final class OwnEvents {
  private final Journal journal;
  private final long journalBefore;
  private final Counter added;
  private final AtomicInteger underWay = new AtomicInteger();

  /// Made before anything is appended.
  public OwnEvents(Journal journal, MeterRegistry registry) {
    this.journal = journal;
    this.journalBefore = journal.status().lastSequence();
    this.added =
        Counter.builder("hooklake.events.added")
            .description("Events that this server added to the journal itself")
            .register(registry);
  }

  /// The journal's last sequence when this was made.
  public long journalBefore() {
    return journalBefore;
  }

  /// How many were added since the start; repeats are none.
  public long added() {
    return (long) added.count();
  }

  /// Appends that are not counted yet.
  public int underWay() {
    return underWay.get();
  }

  /// As [Journal#append] does.
  public List<AppendOutcome> append(List<Entry> entries) throws InterruptedException {
    underWay.incrementAndGet();
    try {
      List<AppendOutcome> outcomes = journal.append(entries);
      outcomes.stream()
          .filter(AppendOutcome.Appended.class::isInstance)
          .forEach(_ -> added.increment());
      return outcomes;
    } finally {
      underWay.decrementAndGet();
    }
  }
}
