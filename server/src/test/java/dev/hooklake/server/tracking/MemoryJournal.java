package dev.hooklake.server.tracking;

import dev.hooklake.journal.AppendOutcome;
import dev.hooklake.journal.Entry;
import dev.hooklake.journal.EventKey;
import dev.hooklake.journal.Journal;
import dev.hooklake.journal.JournalConsumer;
import dev.hooklake.journal.JournalRecord;
import dev.hooklake.journal.JournalStatus;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;

/// A journal of `count` records without payload: a test's decoder knows the events by sequence.
final class MemoryJournal implements Journal {
  private final UUID id;
  volatile long count;
  volatile long passed;

  MemoryJournal(UUID id, long count) {
    this.id = id;
    this.count = count;
  }

  @Override
  public UUID id() {
    return id;
  }

  @Override
  public JournalConsumer consumer(String name, long afterSequence) {
    return new Reader(afterSequence);
  }

  @Override
  public JournalStatus status() {
    return new JournalStatus(
        true, false, passed + 1, count, Map.of(), 0, 0, 0, 0, Optional.empty());
  }

  @Override
  public List<AppendOutcome> append(List<Entry> entries) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<JournalRecord> find(EventKey key, long afterSequence) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}

  private final class Reader implements JournalConsumer {
    private long position;

    Reader(long position) {
      this.position = position;
    }

    @Override
    public List<JournalRecord> read(int maxRecords, long maxBytes, Duration wait) {
      long last = Math.min(count, position + maxRecords);
      List<JournalRecord> records =
          LongStream.rangeClosed(position + 1, last).mapToObj(Reader::record).toList();
      position = last;
      return records;
    }

    @Override
    public void seek(long sequence) {
      position = sequence;
    }

    @Override
    public void passed(long sequence) {
      passed = sequence;
    }

    private static JournalRecord record(long sequence) {
      return new JournalRecord(
          sequence, Instant.EPOCH, new EventKey(0, sequence), ByteBuffer.allocate(0));
    }
  }
}
