package dev.hooklake.server.reconciliation;

import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.reconciliation.Explanations.Observation;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Remembers how the provider's webhook was set, whenever it had changed: the provider tells only
/// how it is now.
final class Observations {
  private static final int MOST = 1_000;

  private final OperationsDatabase database;

  Observations(OperationsDatabase database) {
    this.database = database;
  }

  /// Notes a setting, and gives all there are, oldest first.
  List<Observation> note(String source, Subscription seen, Instant now) {
    List<Observation> before = all(source);
    boolean changed =
        seen.known() && (before.isEmpty() || !before.getLast().subscription().equals(seen));
    if (!changed) {
      return before;
    }
    database.change(handle ->
        handle
            .createUpdate(
                "INSERT INTO webhook_observations (source, seen_at, webhook_id, disabled,"
                    + " full_resolution, events)"
                    + " VALUES (:source, :now, :webhook, :disabled, :full, :events)"
                    + " ON CONFLICT (source, seen_at) DO NOTHING")
            .bind("source", source)
            .bind("now", EpochMicros.of(now))
            .bind("webhook", seen.webhookId())
            .bind("disabled", seen.disabled() ? 1 : 0)
            .bind("full", seen.fullResolution() ? 1 : 0)
            .bind("events", String.join(",", new TreeSet<>(seen.events())))
            .execute());
    return all(source);
  }

  private List<Observation> all(String source) {
    List<Observation> newest =
        database.read(handle ->
            handle
                .createQuery(
                    "SELECT * FROM webhook_observations WHERE source = :source"
                        + " ORDER BY seen_at DESC LIMIT :most")
                .bind("source", source)
                .bind("most", MOST)
                .map((row, _) ->
                    new Observation(
                        EpochMicros.instant(row.getLong("seen_at")),
                        new Subscription(
                            row.getLong("webhook_id"),
                            row.getInt("disabled") == 1,
                            row.getInt("full_resolution") == 1,
                            Set.of(row.getString("events").split(",", -1)))))
                .list());
    return newest.reversed();
  }
}
