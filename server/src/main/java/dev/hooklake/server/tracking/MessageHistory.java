package dev.hooklake.server.tracking;

import dev.hooklake.server.operations.ConsumerCheckpoints;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.sources.event.Row;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Brings messages up to date from events that are in the lake: those that came before tracking was
/// switched on, or before the database that was restored.
///
/// Merging is idempotent and knows no order, so this may run beside the consumer and be repeated.
public final class MessageHistory {
  private final OperationsDatabase database;
  private final TrackingSettings settings;
  private final InstantSource clock;
  private final StatusUpdates updates;

  public MessageHistory(
      OperationsDatabase database, TrackingSettings settings, InstantSource clock) {
    this.database = database;
    this.settings = settings;
    this.clock = clock;
    this.updates = new StatusUpdates(new Mappings(settings));
  }

  /// What was done with some rows.
  ///
  /// @param applied told something of a registered message
  /// @param waiting came for an external id that nobody registered; kept as long as any that waits
  /// @param ignored tell nothing of an outgoing message
  public record Applied(long applied, long waiting, long ignored) {
    public long events() {
      return applied + waiting + ignored;
    }

    public Applied plus(Applied more) {
      return new Applied(applied + more.applied, waiting + more.waiting, ignored + more.ignored);
    }
  }

  /// Applies rows of channel tables, in one transaction.
  public Applied apply(List<Row> rows) {
    List<StatusEvent> events =
        rows.stream().map(StatusEvent::of).flatMap(Optional::stream).toList();
    StatusUpdates.Tally tally =
        database.write(handle -> {
          ConsumerCheckpoints.takeTurn(handle, MessageTracking.NAME);
          StatusUpdates.Tally done = updates.apply(handle, events, clock.instant());
          WaitingLimits.enforce(handle, settings, clock.instant());
          return done;
        });
    return new Applied(tally.applied(), tally.waiting(), rows.size() - events.size());
  }

  /// Says that everything there is has been applied: nothing is missing any more.
  public void complete() {
    database.change(handle -> ConsumerCheckpoints.closeGap(handle, MessageTracking.NAME));
  }
}
