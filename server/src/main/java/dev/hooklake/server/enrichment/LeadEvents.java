package dev.hooklake.server.enrichment;

import static dev.hooklake.server.enrichment.EventStatus.COMPLETED;
import static dev.hooklake.server.enrichment.EventStatus.FAILED;
import static dev.hooklake.server.enrichment.EventStatus.PROCESSING;

import dev.hooklake.server.operations.EpochMicros;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The life of an event in `webhook_events` and of its lead in `leads`, each change within the
/// caller's transaction.
final class LeadEvents {
  private static final String BY_ID = "SELECT * FROM webhook_events WHERE id = :id";

  private static final String CLAIM =
      "UPDATE leads SET claimed_by = :id WHERE source = :source AND lead_id = :leadId"
          + " AND (claimed_by IS NULL OR claimed_by = :id OR NOT EXISTS (SELECT 1"
          + " FROM webhook_events WHERE webhook_events.id = leads.claimed_by"
          + " AND webhook_events.status IN ('received', 'processing')))";

  private static final String RELEASE =
      "UPDATE leads SET claimed_by = NULL WHERE claimed_by = :id AND (source, lead_id)"
          + " IN (SELECT source, lead_id FROM webhook_events WHERE id = :id)";

  private static final String BEGIN =
      "UPDATE webhook_events SET status = :status, run = run + 1, next_attempt_at = NULL,"
          + " started_at = COALESCE(started_at, :now) WHERE id = :id RETURNING *";

  private static final String LEAD =
      "SELECT * FROM leads WHERE source = :source AND lead_id = :leadId";

  private static final String HOLD =
      "UPDATE webhook_events SET attempts = :attempts WHERE id = :id AND run = :run"
          + " AND status = 'processing'";

  private static final String FAULT =
      "UPDATE webhook_events SET attempts = attempts + 1 WHERE id = :id"
          + " AND run = COALESCE(:run, run)"
          + " AND status IN ('received', 'processing') RETURNING attempts";

  private static final String POSTPONE =
      "UPDATE webhook_events SET next_attempt_at = :at, error_message = :error WHERE id = :id";

  private static final String FINGERPRINT =
      "UPDATE webhook_events SET contact_fingerprint = :fingerprint WHERE id = :id";

  private static final String END =
      "UPDATE webhook_events SET status = :status, outcome = :outcome, error_message = :error,"
          + " processed_at = :now, next_attempt_at = NULL WHERE id = :id";

  private static final String LOOKED =
      "UPDATE leads SET enriched_at = :now, enriched_updated_at = :updatedAt,"
          + " contact_fingerprint = (SELECT contact_fingerprint FROM webhook_events WHERE id = :id)"
          + " WHERE source = :source AND lead_id = :leadId";

  private static final String NOTE_SENT =
      "UPDATE leads SET notes_sent = notes_sent + 1 WHERE source = :source AND lead_id = :leadId";

  private LeadEvents() {}

  static Optional<StoredEvent> byId(Handle handle, String id) {
    return handle.createQuery(BY_ID).bind("id", id).map((rs, _) -> StoredEvent.of(rs)).findOne();
  }

  /// Whether the event may be worked on: no other event of its lead is under way.
  static boolean claim(Handle handle, StoredEvent event) {
    return handle
            .createUpdate(CLAIM)
            .bind("id", event.id())
            .bind("source", event.source())
            .bind("leadId", event.leadId())
            .execute()
        > 0;
  }

  static StoredEvent begin(Handle handle, StoredEvent event, Instant now) {
    return handle
        .createQuery(BEGIN)
        .bind("id", event.id())
        .bind("status", PROCESSING.label())
        .bind("now", EpochMicros.of(now))
        .map((rs, _) -> StoredEvent.of(rs))
        .one();
  }

  static LeadState lead(Handle handle, StoredEvent event) {
    return handle
        .createQuery(LEAD)
        .bind("source", event.source())
        .bind("leadId", event.leadId())
        .map((rs, _) -> LeadState.of(rs))
        .one();
  }

  /// Fails when somebody else has taken the event up, or it is gone; else nobody can until the end
  /// of this transaction.
  static void hold(Handle handle, StoredEvent event, int attempts) {
    int held =
        handle
            .createUpdate(HOLD)
            .bind("id", event.id())
            .bind("run", event.run())
            .bind("attempts", attempts)
            .execute();
    if (held == 0) {
      throw new LostWork(event.id());
    }
  }

  /// Counts a failed attempt at an event that perhaps cannot even be read, and says how many there
  /// are; empty when it is not open, or another run's. Nobody else can take it up until the end of
  /// this transaction.
  static Optional<Integer> fault(Handle handle, String id, @Nullable Integer run) {
    return handle
        .createQuery(FAULT)
        .bind("id", id)
        .bindBySqlType("run", run, Types.INTEGER)
        .mapTo(Integer.class)
        .findOne();
  }

  static void postpone(Handle handle, String id, Instant at, @Nullable String error) {
    handle
        .createUpdate(POSTPONE)
        .bind("id", id)
        .bind("at", EpochMicros.of(at))
        .bind("error", error)
        .execute();
  }

  static void fingerprint(Handle handle, StoredEvent event, String fingerprint) {
    handle
        .createUpdate(FINGERPRINT)
        .bind("id", event.id())
        .bind("fingerprint", fingerprint)
        .execute();
  }

  static void complete(Handle handle, StoredEvent event, Outcome outcome, Instant now) {
    end(handle, event.id(), COMPLETED, outcome, null, now);
    if (outcome.looked()) {
      handle
          .createUpdate(LOOKED)
          .bind("id", event.id())
          .bind("source", event.source())
          .bind("leadId", event.leadId())
          .bind("updatedAt", EpochMicros.of(event.updatedAt()))
          .bind("now", EpochMicros.of(now))
          .execute();
    }
  }

  static void fail(Handle handle, String id, String reason, Instant now) {
    end(handle, id, FAILED, null, reason, now);
  }

  static void noteSent(Handle handle, StoredEvent event) {
    handle
        .createUpdate(NOTE_SENT)
        .bind("source", event.source())
        .bind("leadId", event.leadId())
        .execute();
  }

  private static void end(
      Handle handle,
      String id,
      EventStatus status,
      @Nullable Outcome outcome,
      @Nullable String error,
      Instant now) {
    handle
        .createUpdate(END)
        .bind("id", id)
        .bind("status", status.label())
        .bind("outcome", outcome == null ? null : outcome.label())
        .bind("error", error)
        .bind("now", EpochMicros.of(now))
        .execute();
    handle.createUpdate(RELEASE).bind("id", id).execute();
  }
}
