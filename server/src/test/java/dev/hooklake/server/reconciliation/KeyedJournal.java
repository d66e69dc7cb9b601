package dev.hooklake.server.reconciliation;

import dev.hooklake.journal.AppendOutcome;
import dev.hooklake.journal.Entry;
import dev.hooklake.journal.EventKey;
import dev.hooklake.journal.Journal;
import dev.hooklake.journal.JournalConsumer;
import dev.hooklake.journal.JournalRecord;
import dev.hooklake.journal.JournalStatus;
import dev.hooklake.server.pipeline.EventCodec;
import dev.hooklake.sources.SourceEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// A journal in memory: remembers every event, recognises every repeat, and is full on demand.
final class KeyedJournal implements Journal {
  final List<SourceEvent> events = new ArrayList<>();
  private final Set<EventKey> keys = new HashSet<>();
  int room = Integer.MAX_VALUE;

  @Override
  public synchronized List<AppendOutcome> append(List<Entry> entries) {
    List<AppendOutcome> outcomes = new ArrayList<>();
    for (Entry entry : entries) {
      outcomes.add(append(entry));
    }
    return outcomes;
  }

  private AppendOutcome append(Entry entry) {
    if (keys.contains(entry.key())) {
      return new AppendOutcome.Duplicate();
    }
    if (events.size() >= room) {
      return new AppendOutcome.Full();
    }
    keys.add(entry.key());
    events.add(EventCodec.decode(entry.payload()));
    return new AppendOutcome.Appended(events.size());
  }

  @Override
  public UUID id() {
    return new UUID(1, 2);
  }

  @Override
  public JournalConsumer consumer(String name, long afterSequence) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<JournalRecord> find(EventKey key, long afterSequence) {
    throw new UnsupportedOperationException();
  }

  @Override
  public JournalStatus status() {
    return new JournalStatus(true, false, 1, events.size(), Map.of(), 0, 0, 0, 0, Optional.empty());
  }

  @Override
  public void close() {}
}
