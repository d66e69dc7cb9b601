package dev.hooklake.server.forwarding;

import dev.hooklake.journal.JournalRecord;
import dev.hooklake.server.forwarding.ForwardQueue.Wanted;
import dev.hooklake.server.operations.JournalEffect;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.sources.Decoding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;

/// What forwarding makes of the journal: each understood event, queued for every destination that
/// chose it, in the transaction that moves its place in the journal. Sending is the couriers'.
public final class Forwarding implements JournalEffect {
  /// The name under which the journal and the database keep its place.
  public static final String NAME = "forwarding";

  private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(5);

  private final BiFunction<JournalRecord, Instant, Decoding> decoder;
  private final ForwardingSettings settings;
  private final Backlogs backlogs;
  private Instant nextCount = Instant.MIN;

  /// @param decoder may fail only for records that no build of ours wrote
  public Forwarding(
      BiFunction<JournalRecord, Instant, Decoding> decoder,
      ForwardingSettings settings,
      Backlogs backlogs) {
    this.decoder = decoder;
    this.settings = settings;
    this.backlogs = backlogs;
  }

  @Override
  public Work prepare(List<JournalRecord> records, Instant now) {
    if (nextCount.equals(Instant.MIN)) {
      backlogs.count();
    }
    List<Wanted> wanted = new ArrayList<>();
    for (JournalRecord record : records) {
      switch (decoder.apply(record, now)) {
        case Decoding.Understood(var row) ->
            ForwardedEvent.of(row).ifPresent(event -> choose(event, record.sequence(), wanted));
        case Decoding.NotUnderstood _ -> {}
      }
    }
    return admitted(wanted, now);
  }

  private void choose(ForwardedEvent event, long sequence, List<Wanted> wanted) {
    for (Destination destination : settings.destinations()) {
      Wanted.of(destination, event, sequence).ifPresent(wanted::add);
    }
  }

  /// Without those of destinations whose queue is full.
  private Batch admitted(List<Wanted> wanted, Instant now) {
    List<Wanted> queued = new ArrayList<>();
    Map<String, Integer> added = new HashMap<>();
    Map<String, Integer> overflow = new HashMap<>();
    for (Wanted one : wanted) {
      String name = one.destination();
      boolean room =
          backlogs.of(name).waiting() + added.getOrDefault(name, 0)
              < settings.limits().maxWaiting();
      (room ? added : overflow).merge(name, 1, Integer::sum);
      if (room) {
        queued.add(one);
      }
    }
    return new Batch(queued, added, overflow, now);
  }

  @Override
  public void tidy(OperationsDatabase database, Instant now) {
    if (now.isBefore(nextCount)) {
      return;
    }
    backlogs.sweep(
        now.minus(settings.limits().deadLetterRetention()),
        now.minus(settings.patience().giveUpAfter()));
    backlogs.count();
    nextCount = now.plus(BETWEEN_COUNTS);
  }

  private final class Batch implements Work {
    private final List<Wanted> queued;
    private final Map<String, Integer> added;
    private final Map<String, Integer> overflow;
    private final Instant now;

    Batch(
        List<Wanted> queued,
        Map<String, Integer> added,
        Map<String, Integer> overflow,
        Instant now) {
      this.queued = queued;
      this.added = added;
      this.overflow = overflow;
      this.now = now;
    }

    @Override
    public void store(Handle handle) {
      ForwardQueue.put(handle, queued, now);
    }

    @Override
    public void stored() {
      backlogs.added(added, overflow);
    }
  }
}
