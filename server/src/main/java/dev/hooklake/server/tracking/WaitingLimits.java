package dev.hooklake.server.tracking;

import dev.hooklake.server.operations.EpochMicros;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// Drops what waits for a message longer than the retention, or beyond the limit of rows.
final class WaitingLimits {
  private static final String DROP_OLD =
      "DELETE FROM waiting_statuses WHERE waiting_since < :before";

  /// The offset walks the index on `waiting_since`, so nothing is counted when nothing is over.
  private static final String DROP_BEYOND =
      "DELETE FROM waiting_statuses WHERE waiting_since <= (SELECT waiting_since"
          + " FROM waiting_statuses ORDER BY waiting_since DESC LIMIT 1 OFFSET :limit)";

  private WaitingLimits() {}

  /// How many were dropped.
  static int enforce(Handle handle, TrackingSettings settings, Instant now) {
    int old =
        handle
            .createUpdate(DROP_OLD)
            .bind("before", EpochMicros.of(now.minus(settings.waitingRetention())))
            .execute();
    int beyond = handle.createUpdate(DROP_BEYOND).bind("limit", settings.maxWaiting()).execute();
    return old + beyond;
  }
}
