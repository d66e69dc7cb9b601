package dev.hooklake.server.enrichment;

import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.sources.c2s.LeadAction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A lead event as `webhook_events` holds it. Never printed: its payload is about a person.
///
/// @param attempts failed ones of the step under way
/// @param run goes up each time somebody takes the event up
public record StoredEvent(
    String id,
    String source,
    String leadId,
    Instant updatedAt,
    @Nullable String hookAction,
    LeadAction action,
    String payload,
    Instant receivedAt,
    @Nullable Instant startedAt,
    @Nullable Instant processedAt,
    EventStatus status,
    @Nullable Outcome outcome,
    @Nullable String errorMessage,
    int attempts,
    @Nullable Instant nextAttemptAt,
    int run,
    @Nullable String contactFingerprint) {

  static StoredEvent of(ResultSet rs) throws SQLException {
    String outcome = rs.getString("outcome");
    return new StoredEvent(
        rs.getString("id"),
        rs.getString("source"),
        rs.getString("lead_id"),
        EpochMicros.instant(rs.getLong("updated_at")),
        rs.getString("hook_action"),
        LeadAction.valueOf(rs.getString("action").toUpperCase(Locale.ROOT)),
        rs.getString("payload_raw"),
        EpochMicros.instant(rs.getLong("received_at")),
        time(rs, "started_at"),
        time(rs, "processed_at"),
        EventStatus.of(rs.getString("status")).orElseThrow(),
        outcome == null ? null : Outcome.of(outcome).orElseThrow(),
        rs.getString("error_message"),
        rs.getInt("attempts"),
        time(rs, "next_attempt_at"),
        rs.getInt("run"),
        rs.getString("contact_fingerprint"));
  }

  private static @Nullable Instant time(ResultSet rs, String column) throws SQLException {
    long micros = rs.getLong(column);
    return rs.wasNull() ? null : EpochMicros.instant(micros);
  }

  @Override
  public String toString() {
    return "StoredEvent[" + id + ", " + status + "]";
  }
}
