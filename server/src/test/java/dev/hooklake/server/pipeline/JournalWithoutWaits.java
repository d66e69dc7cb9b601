package dev.hooklake.server.pipeline;

import dev.hooklake.journal.AppendOutcome;
import dev.hooklake.journal.Entry;
import dev.hooklake.journal.EventKey;
import dev.hooklake.journal.Journal;
import dev.hooklake.journal.JournalConsumer;
import dev.hooklake.journal.JournalRecord;
import dev.hooklake.journal.JournalStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A journal whose consumers never wait for a record: in a simulation nobody would bring one.
record JournalWithoutWaits(Journal journal) implements Journal {

  @Override
  public UUID id() {
    return journal.id();
  }

  @Override
  public List<AppendOutcome> append(List<Entry> entries) throws InterruptedException {
    return journal.append(entries);
  }

  @Override
  public JournalConsumer consumer(String name, long afterSequence) throws IOException {
    return new Reader(journal.consumer(name, afterSequence));
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

  private record Reader(JournalConsumer consumer) implements JournalConsumer {

    @Override
    public List<JournalRecord> read(int maxRecords, long maxBytes, Duration wait)
        throws IOException, InterruptedException {
      return consumer.read(maxRecords, maxBytes, Duration.ZERO);
    }

    @Override
    public void seek(long sequence) throws IOException {
      consumer.seek(sequence);
    }

    @Override
    public void passed(long sequence) {
      consumer.passed(sequence);
    }
  }
}
