package dev.hooklake.server.enrichment;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.c2s.LeadEvent;
import dev.hooklake.sources.signature.Sha256;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Stores lead events as they come out of the journal, each with its job, within the caller's
/// transaction. One that is there already, by this server or another, changes nothing.
final class LeadArrivals {
  private static final String ADD =
      "INSERT INTO webhook_events (id, source, event_key, lead_id, updated_at, hook_action, action,"
          + " payload_raw, received_at, processed_at, status, outcome, attempts, run)"
          + " VALUES (:id, :source, :key, :leadId, :updatedAt, :hookAction, :action, :payload,"
          + " :receivedAt, :processedAt, :status, :outcome, 0, 0)"
          + " ON CONFLICT (source, event_key) DO NOTHING";

  private static final String LEAD =
      "INSERT INTO leads (source, lead_id, updated_at, action, notes_sent)"
          + " VALUES (:source, :leadId, :updatedAt, :action, 0)"
          + " ON CONFLICT (source, lead_id) DO UPDATE SET updated_at = excluded.updated_at,"
          + " action = excluded.action WHERE excluded.updated_at > leads.updated_at";

  private static final int ID_CHARS = 32;
  private static final Pattern ACTION = Pattern.compile("[\\x20-\\x7e]{1,100}");

  private final boolean enriching;

  /// @param enriching whether jobs are made; without, events are complete as they come
  LeadArrivals(boolean enriching) {
    this.enriching = enriching;
  }

  record Arrival(SourceEvent event, LeadEvent lead) {
    static Optional<Arrival> of(SourceEvent event) {
      return LeadEvent.read(event.body()).map(lead -> new Arrival(event, lead));
    }
  }

  /// Whether it was new.
  boolean store(Handle handle, Arrival arrival, Instant now) {
    SourceEvent event = arrival.event();
    LeadEvent lead = arrival.lead();
    String id = id(event);
    int added =
        handle
            .createUpdate(ADD)
            .bind("id", id)
            .bind("source", event.source())
            .bind("key", event.eventKey())
            .bind("leadId", lead.leadId())
            .bind("updatedAt", EpochMicros.of(lead.updatedAt()))
            .bind("hookAction", shown(lead.hookAction()))
            .bind("action", lead.action().label())
            .bind("payload", event.body().utf8())
            .bind("receivedAt", EpochMicros.of(event.receivedAt()))
            .bind("processedAt", enriching ? null : (Long) EpochMicros.of(now))
            .bind("status", (enriching ? EventStatus.RECEIVED : EventStatus.COMPLETED).label())
            .bind("outcome", enriching ? null : Outcome.ENRICHMENT_OFF.label())
            .execute();
    if (added > 0) {
      lead(handle, event.source(), lead);
    }
    if (added > 0 && enriching) {
      JobTable.add(handle, id, now);
    }
    return added > 0;
  }

  private static void lead(Handle handle, String source, LeadEvent lead) {
    handle
        .createUpdate(LEAD)
        .bind("source", source)
        .bind("leadId", lead.leadId())
        .bind("updatedAt", EpochMicros.of(lead.updatedAt()))
        .bind("action", lead.action().label())
        .execute();
  }

  /// The same for the same event on every server.
  static String id(SourceEvent event) {
    String name = event.source() + "\n" + event.eventKey();
    return Sha256.hex(name.getBytes(UTF_8)).substring(0, ID_CHARS);
  }

  private static @Nullable String shown(@Nullable String hookAction) {
    return hookAction != null && ACTION.matcher(hookAction).matches() ? hookAction : null;
  }
}
