package dev.hooklake.server.fake;

import dev.hooklake.journal.AppendOutcome;
import dev.hooklake.journal.Entry;
import dev.hooklake.journal.EventKey;
import dev.hooklake.journal.Journal;
import dev.hooklake.journal.JournalConsumer;
import dev.hooklake.journal.JournalRecord;
import dev.hooklake.journal.JournalStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A journal in memory: what was appended is durable at once.
public final class MemoryJournal implements Journal {
  public volatile boolean failed;
  public volatile boolean full;
  public volatile boolean unreadable;
  public volatile long passed;

  /// What came before has been released.
  public volatile long firstHeld = 1;

  /// Why it could not tidy up.
  public volatile @Nullable String untidy;

  /// Appends that wait at the gate.
  public final AtomicInteger waiting = new AtomicInteger();

  /// Appends wait here when it is set.
  public volatile CountDownLatch gate = new CountDownLatch(0);

  private final UUID id = new UUID(7, 7);
  private final InstantSource clock;
  private final List<JournalRecord> records = new ArrayList<>();
  private final Set<EventKey> keys = new HashSet<>();

  public MemoryJournal(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public UUID id() {
    return id;
  }

  @Override
  public List<AppendOutcome> append(List<Entry> entries) throws InterruptedException {
    waiting.incrementAndGet();
    gate.await();
    waiting.decrementAndGet();
    return entries.stream().map(this::append).toList();
  }

  public synchronized List<JournalRecord> records() {
    return List.copyOf(records);
  }

  private synchronized AppendOutcome append(Entry entry) {
    if (failed) {
      return new AppendOutcome.Failed("injected: sync failed");
    }
    if (keys.contains(entry.key())) {
      return new AppendOutcome.Duplicate();
    }
    if (full) {
      return new AppendOutcome.Full();
    }
    keys.add(entry.key());
    records.add(
        new JournalRecord(records.size() + 1L, clock.instant(), entry.key(), entry.payload()));
    notifyAll();
    return new AppendOutcome.Appended(records.size());
  }

  @Override
  public JournalConsumer consumer(String name, long afterSequence) {
    return new Reader(afterSequence);
  }

  @Override
  public synchronized Optional<JournalRecord> find(EventKey key, long afterSequence) {
    return records.stream()
        .filter(record -> record.sequence() > afterSequence && record.key().equals(key))
        .findFirst();
  }

  @Override
  public synchronized JournalStatus status() {
    return new JournalStatus(
        !failed,
        full,
        firstHeld,
        records.size(),
        Map.of("lake", passed),
        0,
        1 << 30,
        1,
        keys.size(),
        Optional.ofNullable(untidy));
  }

  @Override
  public void close() {
    // Nothing to release.
  }

  private final class Reader implements JournalConsumer {
    private long position;

    Reader(long position) {
      this.position = position;
    }

    @Override
    public List<JournalRecord> read(int maxRecords, long maxBytes, Duration wait)
        throws IOException, InterruptedException {
      synchronized (MemoryJournal.this) {
        if (unreadable) {
          throw new IOException("injected: read failed");
        }
        if (position == records.size() && wait.isPositive()) {
          MemoryJournal.this.wait(wait.toMillis());
        }
        int from = (int) position;
        int to = Math.min(records.size(), from + maxRecords);
        position = to;
        return List.copyOf(records.subList(from, to));
      }
    }

    @Override
    public void seek(long sequence) {
      position = sequence;
    }

    @Override
    public void passed(long sequence) {
      passed = sequence;
    }
  }
}
