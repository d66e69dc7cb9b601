package dev.hooklake.server.operations;

import dev.hooklake.journal.Journal;
import dev.hooklake.journal.JournalConsumer;
import dev.hooklake.journal.JournalRecord;
import dev.hooklake.server.operations.ConsumerCheckpoints.Range;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries records from the journal into the operations database, a batch a step.
///
/// The position in the journal is stored in the transaction that stores the batch's effect, so
/// after a crash or a failed step everything up to it is stored once and nothing behind it. What
/// the journal no longer held when the consumer was switched on for the first time is skipped and
/// noted as a gap; one that was off for a while relies on the journal to find what it missed
/// (`JournalWithHistory`). Used by one thread.
public final class DatabaseConsumer {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseConsumer.class);

  /// Larger ones would make others wait for SQLite's only writer.
  private static final int BATCH_RECORDS = 4_000;

  private static final long BATCH_BYTES = 8L << 20;
  private static final Duration BETWEEN_LOOKS_AT_GAP = Duration.ofSeconds(10);

  /// What the consumer works with.
  ///
  /// @param name under which the journal and the database keep its place
  public record Parts(
      String name,
      Journal journal,
      OperationsDatabase database,
      JournalEffect effect,
      InstantSource clock) {}

  private final Parts parts;
  private @Nullable JournalConsumer reader;
  private volatile long position;
  private volatile @Nullable Range gap;
  private Instant nextLookAtGap = Instant.MIN;

  public DatabaseConsumer(Parts parts) {
    this.parts = parts;
  }

  public String name() {
    return parts.name();
  }

  /// Whether so many records in one step were all that a step takes: there may be more.
  static boolean full(int records) {
    return records >= BATCH_RECORDS;
  }

  /// The last sequence known to be stored.
  public long position() {
    return position;
  }

  /// The records that the journal had released before this consumer read them; null when there are
  /// none, or they were made up for.
  public @Nullable Range gap() {
    return gap;
  }

  /// Stores the next batch and says how many records it had; 0 when none came within `wait`. After
  /// a failure the next step asks the database where it stands and goes on from there.
  public int step(Duration wait) throws IOException, InterruptedException {
    JournalConsumer opened = reader == null ? open() : reader;
    List<JournalRecord> records = opened.read(BATCH_RECORDS, BATCH_BYTES, wait);
    Instant now = parts.clock().instant();
    if (!records.isEmpty()) {
      store(records, now);
      opened.passed(position);
    }
    lookAtGap(now);
    parts.effect().tidy(parts.database(), now);
    return records.size();
  }

  private JournalConsumer open() throws IOException {
    Journal journal = parts.journal();
    long oldest = journal.status().firstSequence();
    position =
        parts.database().read(handle -> ConsumerCheckpoints.position(handle, name(), journal.id()));
    boolean neverSeen = position == 0;
    if (neverSeen && oldest > 1) {
      skip(new Range(position, oldest - 1));
    }
    LOG.info("Consumer {} goes on after sequence {}", name(), position);
    gap = storedGap();
    JournalConsumer opened = journal.consumer(name(), position);
    // What was stored before a crash may not have been released then.
    opened.passed(position);
    reader = opened;
    return opened;
  }

  private void skip(Range missed) {
    LOG.warn(
        "Consumer {} begins at record {}: the journal has released what came before; the landing"
            + " table has it",
        name(),
        missed.last() + 1);
    parts
        .database()
        .change(handle -> ConsumerCheckpoints.skip(handle, name(), parts.journal().id(), missed));
    position = missed.last();
  }

  /// Another process may have made up for it.
  private void lookAtGap(Instant now) {
    if (gap != null && !now.isBefore(nextLookAtGap)) {
      gap = storedGap();
      nextLookAtGap = now.plus(BETWEEN_LOOKS_AT_GAP);
    }
  }

  private @Nullable Range storedGap() {
    return parts
        .database()
        .read(handle -> ConsumerCheckpoints.gap(handle, name(), parts.journal().id()))
        .orElse(null);
  }

  private void store(List<JournalRecord> records, Instant now) {
    // Until the commit is known to have happened, the database alone knows the position.
    JournalConsumer opened = reader;
    reader = null;
    JournalEffect.Work work = parts.effect().prepare(records, now);
    Range range = new Range(position, records.getLast().sequence());
    parts
        .database()
        .change(handle -> {
          ConsumerCheckpoints.advance(handle, name(), parts.journal().id(), range);
          work.store(handle);
        });
    reader = opened;
    position = range.last();
    work.stored();
  }
}
