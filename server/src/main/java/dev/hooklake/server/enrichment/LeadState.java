package dev.hooklake.server.enrichment;

import dev.hooklake.server.operations.EpochMicros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is known of a lead over all its events.
///
/// @param contactFingerprint of the last enrichment; null before the first
/// @param enrichedUpdatedAt `updated_at` of the event that was last enriched
record LeadState(
    @Nullable String contactFingerprint, @Nullable Instant enrichedUpdatedAt, int notesSent) {

  static LeadState of(ResultSet rs) throws SQLException {
    long enriched = rs.getLong("enriched_updated_at");
    Instant enrichedUpdatedAt = rs.wasNull() ? null : EpochMicros.instant(enriched);
    return new LeadState(
        rs.getString("contact_fingerprint"), enrichedUpdatedAt, rs.getInt("notes_sent"));
  }
}
