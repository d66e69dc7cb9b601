package dev.hooklake.server.enrichment.call;

import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.server.operations.OperationsDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;

/// The pace at which all servers together call one service, kept in the operations database.
///
/// Each call gets a moment of its own, one after the other. A caller that wakes up too long after
/// its moment takes another, so that a stall never makes calls pile up into the time of the next:
/// with moments `1.03 x per / calls` apart and 3 % of `per` to come late, no window of length `per`
/// sees more than `calls`.
public final class SharedPace {
  private static final double SLACK = 0.03;

  private static final String ADD =
      "INSERT INTO service_paces (service, next_at, paused_until) VALUES (:service, 0, 0)"
          + " ON CONFLICT (service) DO NOTHING";

  private static final String TAKE =
      "UPDATE service_paces SET next_at = :spacing + CASE"
          + " WHEN next_at >= paused_until AND next_at >= :now THEN next_at"
          + " WHEN paused_until >= :now THEN paused_until ELSE :now END"
          + " WHERE service = :service RETURNING next_at";

  private static final String PAUSED_UNTIL =
      "SELECT paused_until FROM service_paces WHERE service = :service";

  private static final String PAUSE =
      "UPDATE service_paces SET paused_until = :until WHERE service = :service"
          + " AND paused_until < :until";

  private final String service;
  private final OperationsDatabase database;
  private final InstantSource clock;
  private final Duration spacing;
  private final Duration grace;

  public SharedPace(
      String service, CallLimits limits, OperationsDatabase database, InstantSource clock) {
    this.service = service;
    this.database = database;
    this.clock = clock;
    this.spacing = Duration.ofNanos((long) (limits.per().toNanos() * (1 + SLACK)) / limits.calls());
    this.grace = Duration.ofNanos((long) (limits.per().toNanos() * SLACK));
    database.change(handle -> handle.createUpdate(ADD).bind("service", service).execute());
  }

  /// Waits for a moment in which a call may be made; false when the server stops first.
  boolean awaitTurn(Ending ending) throws InterruptedException {
    while (!ending.hasBegun()) {
      Instant turn = take();
      if (ending.waitOut(Duration.between(clock.instant(), turn))) {
        return false;
      }
      Instant now = clock.instant();
      boolean late = now.isAfter(turn.plus(grace));
      if (!late && !pausedUntil().isAfter(now)) {
        return true;
      }
    }
    return false;
  }

  /// Keeps all servers from calling for a while, as the service asked.
  void pause(Duration time) {
    long until = EpochMicros.of(clock.instant().plus(time));
    database.change(handle ->
        handle.createUpdate(PAUSE).bind("service", service).bind("until", until).execute());
  }

  /// The next moment that nobody has taken.
  Instant take() {
    long spacingMicros = spacing.toNanos() / 1_000 + 1;
    long next = database.write(handle -> take(handle, spacingMicros));
    return EpochMicros.instant(next - spacingMicros);
  }

  private long take(Handle handle, long spacingMicros) {
    return handle
        .createQuery(TAKE)
        .bind("service", service)
        .bind("spacing", spacingMicros)
        .bind("now", EpochMicros.of(clock.instant()))
        .mapTo(long.class)
        .one();
  }

  private Instant pausedUntil() {
    return EpochMicros.instant(
        database.read(handle ->
            handle.createQuery(PAUSED_UNTIL).bind("service", service).mapTo(long.class).one()));
  }
}
