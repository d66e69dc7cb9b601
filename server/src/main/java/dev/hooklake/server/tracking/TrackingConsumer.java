package dev.hooklake.server.tracking;

import dev.hooklake.journal.Journal;
import dev.hooklake.journal.JournalConsumer;
import dev.hooklake.journal.JournalRecord;
import dev.hooklake.server.operations.ConsumerCheckpoints;
import dev.hooklake.server.operations.ConsumerCheckpoints.Range;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.sources.Decoding;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Carries events from the journal to the messages, a batch a step.
///
/// The position in the journal is stored in the transaction that applies the batch, so after a
/// crash or a failed step everything up to it is applied once and nothing behind it. Used by one
/// thread.
public final class TrackingConsumer {
  /// The name under which the journal and the database keep its place.
  public static final String NAME = "tracking";

  private static final int BATCH_RECORDS = 2_000;
  private static final long BATCH_BYTES = 8L << 20;
  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);

  /// What the consumer works with. `decoder` may fail only for records that no build of ours wrote.
  public record Parts(
      Journal journal,
      BiFunction<JournalRecord, Instant, Decoding> decoder,
      OperationsDatabase database,
      TrackingSettings settings,
      MeterRegistry registry,
      InstantSource clock) {}

  private final Parts parts;
  private final StatusUpdates updates;
  private final TrackingMeters meters;
  private @Nullable JournalConsumer reader;
  private Instant nextSweep = Instant.MIN;
  private volatile long position;

  public TrackingConsumer(Parts parts) {
    this.parts = parts;
    this.updates = new StatusUpdates(new Mappings(parts.settings()));
    this.meters = new TrackingMeters(parts.registry());
  }

  /// The last sequence known to be applied.
  public long position() {
    return position;
  }

  /// Applies the next batch and says how many records it had; 0 when none came within `wait`. After
  /// a failure the next step asks the database where it stands and goes on from there.
  public int step(Duration wait) throws IOException, InterruptedException {
    JournalConsumer opened = reader == null ? open() : reader;
    List<JournalRecord> records = opened.read(BATCH_RECORDS, BATCH_BYTES, wait);
    Instant now = parts.clock().instant();
    if (!records.isEmpty()) {
      apply(records, now);
      opened.passed(position);
    }
    sweep(now);
    return records.size();
  }

  private JournalConsumer open() throws IOException {
    position =
        parts
            .database()
            .read(handle -> ConsumerCheckpoints.position(handle, NAME, parts.journal().id()));
    JournalConsumer opened = parts.journal().consumer(NAME, position);
    // What was applied before a crash may not have been released then.
    opened.passed(position);
    reader = opened;
    return opened;
  }

  private void apply(List<JournalRecord> records, Instant now) {
    List<StatusEvent> events = events(records, now);
    Range range = new Range(position, records.getLast().sequence());
    // Until the commit is known to have happened, the database alone knows the position.
    JournalConsumer opened = reader;
    reader = null;
    StatusUpdates.Tally tally =
        parts
            .database()
            .write(handle -> {
              ConsumerCheckpoints.advance(handle, NAME, parts.journal().id(), range);
              return updates.apply(handle, events, now);
            });
    reader = opened;
    position = range.last();
    meters.count(tally, records.size() - events.size());
  }

  private List<StatusEvent> events(List<JournalRecord> records, Instant now) {
    List<StatusEvent> events = new ArrayList<>(records.size());
    for (JournalRecord record : records) {
      switch (parts.decoder().apply(record, now)) {
        case Decoding.Understood(var row) -> StatusEvent.of(row).ifPresent(events::add);
        case Decoding.NotUnderstood _ -> {}
      }
    }
    return events;
  }

  private void sweep(Instant now) {
    if (now.isBefore(nextSweep)) {
      return;
    }
    int dropped =
        parts.database().write(handle -> WaitingLimits.enforce(handle, parts.settings(), now));
    meters.dropped(dropped);
    nextSweep = now.plus(BETWEEN_SWEEPS);
  }
}
