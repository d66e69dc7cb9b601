package dev.hooklake.server.forwarding;

import dev.hooklake.server.forwarding.ForwardQueue.Wanted;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.sources.event.Row;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Queues events that came before for a destination once more, each under the id that it always
/// had: one that waits stays as it is, a dead letter waits anew.
public final class PastEvents {
  private final OperationsDatabase database;
  private final ForwardingSettings settings;
  private final Backlogs backlogs;
  private final InstantSource clock;

  PastEvents(
      OperationsDatabase database,
      ForwardingSettings settings,
      Backlogs backlogs,
      InstantSource clock) {
    this.database = database;
    this.settings = settings;
    this.backlogs = backlogs;
    this.clock = clock;
  }

  /// One of them.
  ///
  /// @param row of its channel table, or of quarantine, which nobody is sent
  public record PastEvent(Row row, long sequence, Instant receivedAt) {}

  /// What became of some.
  ///
  /// @param events that did not wait before
  /// @param noRoomFrom when the first was received for which there was no room; null when there was
  ///   for all
  public record Queued(int events, @Nullable Instant noRoomFrom) {}

  /// Queues those that the destination chose.
  ///
  /// @param events in the order in which they were received
  public Queued queue(String destination, List<PastEvent> events) {
    Destination to =
        settings.destinations().stream()
            .filter(one -> one.name().equals(destination))
            .findFirst()
            .orElseThrow();
    backlogs.count();
    long room = settings.limits().maxWaiting() - backlogs.of(destination).waiting();
    List<Wanted> wanted = new ArrayList<>();
    Instant noRoomFrom = null;
    for (PastEvent event : events) {
      Optional<Wanted> chosen =
          ForwardedEvent.of(event.row()).flatMap(one -> Wanted.of(to, one, event.sequence()));
      if (chosen.isPresent() && wanted.size() >= room) {
        noRoomFrom = event.receivedAt();
        break;
      }
      chosen.ifPresent(wanted::add);
    }
    Instant now = clock.instant();
    int queued = database.write(handle -> ForwardQueue.putAgain(handle, wanted, now));
    backlogs.added(Map.of(destination, queued), Map.of());
    return new Queued(queued, noRoomFrom);
  }
}
