package dev.hooklake.server.pipeline;

import dev.hooklake.journal.AppendOutcome;
import dev.hooklake.journal.Entry;
import dev.hooklake.journal.Journal;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// The way into the journal for events that came through no door: what a backfill fetched, how an
/// enrichment ended. Counts them, so that everything that landed can be accounted for.
public final class OwnEvents {
  private final Journal journal;
  private final AtomicLong added = new AtomicLong();

  public OwnEvents(Journal journal) {
    this.journal = journal;
  }

  /// How many were added since the start; repeats are none.
  public long added() {
    return added.get();
  }

  /// As [Journal#append] does.
  public List<AppendOutcome> append(List<Entry> entries) throws InterruptedException {
    List<AppendOutcome> outcomes = journal.append(entries);
    added.addAndGet(outcomes.stream().filter(AppendOutcome.Appended.class::isInstance).count());
    return outcomes;
  }
}
