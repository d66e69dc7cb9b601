package dev.hooklake.server.pipeline;

import dev.hooklake.journal.AppendOutcome;
import dev.hooklake.journal.Entry;
import dev.hooklake.journal.EventKey;
import dev.hooklake.journal.Journal;
import dev.hooklake.journal.JournalConsumer;
import dev.hooklake.journal.JournalRecord;
import dev.hooklake.journal.JournalStatus;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// The journal for whoever adds events that came through no door: what a backfill fetched, how an
/// enrichment ended. Counts them, so that everything that landed can be accounted for.
public final class OwnEvents implements Journal {
  private final Journal journal;
  private final AtomicLong added = new AtomicLong();

  public OwnEvents(Journal journal) {
    this.journal = journal;
  }

  /// How many were added since the start; repeats are none.
  public long added() {
    return added.get();
  }

  @Override
  public List<AppendOutcome> append(List<Entry> entries) throws InterruptedException {
    List<AppendOutcome> outcomes = journal.append(entries);
    added.addAndGet(outcomes.stream().filter(AppendOutcome.Appended.class::isInstance).count());
    return outcomes;
  }

  @Override
  public UUID id() {
    return journal.id();
  }

  @Override
  public JournalConsumer consumer(String name, long afterSequence) throws IOException {
    return journal.consumer(name, afterSequence);
  }

  @Override
  public Optional<JournalRecord> find(EventKey key, long afterSequence) throws IOException {
    return journal.find(key, afterSequence);
  }

  @Override
  public JournalStatus status() {
    return journal.status();
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
