package dev.hooklake.server.tracking;

import dev.hooklake.journal.JournalRecord;
import dev.hooklake.server.operations.JournalEffect;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.sources.Decoding;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;

/// What tracking makes of the journal: each event's status, merged into its message or into what
/// waits for one.
public final class MessageTracking implements JournalEffect {
  /// The name under which the journal and the database keep its place.
  public static final String NAME = "tracking";

  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);

  private final BiFunction<JournalRecord, Instant, Decoding> decoder;
  private final TrackingSettings settings;
  private final StatusUpdates updates;
  private final TrackingMeters meters;
  private Instant nextSweep = Instant.MIN;

  /// @param decoder may fail only for records that no build of ours wrote
  public MessageTracking(
      BiFunction<JournalRecord, Instant, Decoding> decoder,
      TrackingSettings settings,
      MeterRegistry registry) {
    this.decoder = decoder;
    this.settings = settings;
    this.updates = new StatusUpdates(new Mappings(settings));
    this.meters = new TrackingMeters(registry);
  }

  @Override
  public Work prepare(List<JournalRecord> records, Instant now) {
    List<StatusEvent> events = new ArrayList<>(records.size());
    for (JournalRecord record : records) {
      switch (decoder.apply(record, now)) {
        case Decoding.Understood(var row) -> StatusEvent.of(row).ifPresent(events::add);
        case Decoding.NotUnderstood _ -> {}
      }
    }
    return new Batch(events, records.size() - events.size(), now);
  }

  @Override
  public void tidy(OperationsDatabase database, Instant now) {
    if (now.isBefore(nextSweep)) {
      return;
    }
    meters.dropped(database.write(handle -> WaitingLimits.enforce(handle, settings, now)));
    nextSweep = now.plus(BETWEEN_SWEEPS);
  }

  private final class Batch implements Work {
    private final List<StatusEvent> events;
    private final int aside;
    private final Instant now;
    private StatusUpdates.Tally tally = StatusUpdates.Tally.NONE;

    Batch(List<StatusEvent> events, int aside, Instant now) {
      this.events = events;
      this.aside = aside;
      this.now = now;
    }

    @Override
    public void store(Handle handle) {
      tally = updates.apply(handle, events, now);
    }

    @Override
    public void stored() {
      meters.count(tally, aside);
    }
  }
}
