package dev.hooklake.server.enrichment;

import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.server.operations.OperationsDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;

/// Lets old lead events go, and leads without any, where nothing is enriched: there no job ever
/// ends an event, not even one that was under way when enrichment was switched off, so its age
/// counts from when it came.
public final class LeadRetention {
  private static final Duration BETWEEN_LOOKS = Duration.ofHours(1);
  private static final int BATCH = 500;

  private static final String OLD_EVENTS =
      "DELETE FROM webhook_events WHERE id IN (SELECT id FROM webhook_events"
          + " WHERE received_at < :before LIMIT :batch)";

  private final OperationsDatabase database;
  private final Duration kept;
  private final InstantSource clock;

  /// @param kept for how long an event stays
  public LeadRetention(OperationsDatabase database, Duration kept, InstantSource clock) {
    this.database = database;
    this.kept = kept;
    this.clock = clock;
  }

  public Chore chore() {
    return new Chore("lead-retention", BETWEEN_LOOKS, this::run);
  }

  void run() {
    Instant before = clock.instant().minus(kept);
    deleteAll(OLD_EVENTS, before);
    deleteAll(Housekeeping.OLD_LEADS, before);
  }

  /// In small transactions, so that intake does not wait.
  private void deleteAll(String sql, Instant before) {
    int deleted = BATCH;
    while (deleted == BATCH) {
      deleted = database.write(handle -> delete(handle, sql, before));
    }
  }

  private static int delete(Handle handle, String sql, Instant before) {
    return handle
        .createUpdate(sql)
        .bind("before", EpochMicros.of(before))
        .bind("batch", BATCH)
        .execute();
  }
}
