package dev.hooklake.server.replay;

import dev.hooklake.journal.AppendOutcome;
import dev.hooklake.journal.Entry;
import dev.hooklake.journal.EventKey;
import dev.hooklake.journal.Journal;
import dev.hooklake.journal.JournalConsumer;
import dev.hooklake.journal.JournalRecord;
import dev.hooklake.journal.JournalStatus;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A journal whose consumers miss nothing when they were switched off for a while.
///
/// While a consumer is off, the journal does not wait for it. Where it starts when it is on:
///
/// | its stored position              | it starts                                              |
/// |----------------------------------|--------------------------------------------------------|
/// | 0: never seen in this journal    | at the oldest record that the journal holds            |
/// | the next record is held          | after its position                                     |
/// | the next record was released     | after its position in what was released, then as usual |
public final class JournalWithHistory implements Journal {
  private static final Logger LOG = LoggerFactory.getLogger(JournalWithHistory.class);

  private final Journal journal;
  private final ReleasedRecords released;
  private final MeterRegistry registry;

  public JournalWithHistory(Journal journal, ReleasedRecords released, MeterRegistry registry) {
    this.journal = journal;
    this.released = released;
    this.registry = registry;
  }

  @Override
  public JournalConsumer consumer(String name, long afterSequence) throws IOException {
    long releasedThrough = journal.status().firstSequence() - 1;
    if (afterSequence == 0 || afterSequence >= releasedThrough) {
      return journal.consumer(name, afterSequence);
    }
    LOG.info(
        "Consumer {} was off while the journal let records {} to {} go; it reads them from the"
            + " landing table first",
        name,
        afterSequence + 1,
        releasedThrough);
    // From here on the journal waits for it, so the two join without a gap.
    JournalConsumer held = journal.consumer(name, releasedThrough);
    return new ReturningConsumer(
        held, released, new ReturnMeters(registry, name), afterSequence, releasedThrough);
  }

  @Override
  public UUID id() {
    return journal.id();
  }

  @Override
  public List<AppendOutcome> append(List<Entry> entries) throws InterruptedException {
    return journal.append(entries);
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
