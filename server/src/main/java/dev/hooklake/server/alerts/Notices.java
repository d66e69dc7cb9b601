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
          + " VALUES (:id, :alert, :journal, :channel, :resolved, :now, 0)";

  void add(Alert alert, boolean resolved) {
    for (String channel : channels) {
      handle
          .createUpdate(INSERT)
          .bind("id", UUID.randomUUID().toString())
          .bind("alert", alert.id())
          .bind("journal", journal)
          .bind("channel", channel)
          .bind("resolved", resolved ? 1 : 0)
          .bind("now", EpochMicros.of(now))
          .execute();
    }
  }
}
