package dev.hooklake.server.alerts;

import dev.hooklake.server.alerts.Measurements.GivenUp;
import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.server.operations.OperationsDatabase;
import java.time.Instant;
import java.util.List;

/// Counts what was given up for good: leads, events that destinations did not take in time, rows
/// that warehouses refused.
record GivenUpWork(OperationsDatabase database) {
  /// A dead letter's next attempt is the moment when it was given up.
  private static final String COUNT =
      """
      SELECT 'leads' AS subject, COUNT(*) AS events FROM webhook_events
        WHERE status = 'failed' AND processed_at > :since
      UNION ALL SELECT 'forwarding to ' || destination, COUNT(*) FROM forwards
        WHERE state = 'dead' AND next_attempt_at > :since GROUP BY destination
      UNION ALL SELECT 'sink ' || sink, COUNT(*) FROM sink_rejects
        WHERE rejected_at > :since GROUP BY sink\
      """;

  /// By whom it was for; who has given up nothing is left out.
  List<GivenUp> since(Instant since) {
    return database.read(handle ->
        handle
            .createQuery(COUNT)
            .bind("since", EpochMicros.of(since))
            .map((rs, _) -> new GivenUp(rs.getString("subject"), rs.getLong("events")))
            .list()
            .stream()
            .filter(one -> one.events() > 0)
            .toList());
  }
}
