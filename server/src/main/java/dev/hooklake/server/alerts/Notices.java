package dev.hooklake.server.alerts;

import dev.hooklake.server.operations.EpochMicros;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Puts notices down, in the transaction that changes their alert: what is decided is told, also
/// after a crash.
record Notices(Handle handle, String journal, List<String> channels, Instant now) {
  private static final String INSERT =
      "INSERT INTO alert_notices (id, alert_id, journal_id, channel, resolved, due_at, attempts)"
          + " VALUES (:id, :alert, :journal, :channel, :resolved, :due, 0)";

  /// An attempt without an outcome may have arrived.
  private static final String TOLD =
      "SELECT DISTINCT channel FROM alert_notices WHERE alert_id = :alert AND resolved = 0"
          + " AND (sent_at IS NOT NULL OR (attempts > 0 AND last_error IS NULL))";

  private static final String GIVE_UP =
      "UPDATE alert_notices SET given_up_at = :now, last_error = 'it was over before it was told'"
          + " WHERE alert_id = :alert AND resolved = 0 AND sent_at IS NULL AND given_up_at IS NULL";

  void firing(Alert alert) {
    channels.forEach(channel -> add(alert, channel, false, now));
  }

  /// Nobody is told any more that it fires, and who was told is told that it is over.
  void resolved(Alert alert, Instant due) {
    List<String> told =
        handle.createQuery(TOLD).bind("alert", alert.id()).mapTo(String.class).list();
    handle
        .createUpdate(GIVE_UP)
        .bind("alert", alert.id())
        .bind("now", EpochMicros.of(now))
        .execute();
    channels.stream().filter(told::contains).forEach(channel -> add(alert, channel, true, due));
  }

  private void add(Alert alert, String channel, boolean resolved, Instant due) {
    handle
        .createUpdate(INSERT)
        .bind("id", UUID.randomUUID().toString())
        .bind("alert", alert.id())
        .bind("journal", journal)
        .bind("channel", channel)
        .bind("resolved", resolved ? 1 : 0)
        .bind("due", EpochMicros.of(due))
        .execute();
  }
}
