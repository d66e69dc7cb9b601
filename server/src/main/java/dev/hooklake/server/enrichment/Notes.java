package dev.hooklake.server.enrichment;

import dev.hooklake.server.operations.EpochMicros;
import java.time.Instant;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/// `lead_notes`: how far the note of an event is; within the caller's transaction.
final class Notes {
  private static final String ADD =
      "INSERT INTO lead_notes (event_id, source, lead_id, mark, state, created_at)"
          + " VALUES (:event, :source, :leadId, :mark, 'ready', :now)"
          + " ON CONFLICT (event_id) DO NOTHING";

  private static final String STATE = "SELECT state FROM lead_notes WHERE event_id = :event";

  private static final String MARK = "UPDATE lead_notes SET state = :state WHERE event_id = :event";

  private static final String SENT =
      "UPDATE lead_notes SET state = 'sent', sent_at = :now WHERE event_id = :event";

  private Notes() {}

  enum State {
    READY,
    SENDING,
    SENT;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// How far the note is; ready when nobody has begun.
  static State prepare(Handle handle, StoredEvent event, Instant now) {
    handle
        .createUpdate(ADD)
        .bind("event", event.id())
        .bind("source", event.source())
        .bind("leadId", event.leadId())
        .bind("mark", NoteMark.of(event))
        .bind("now", EpochMicros.of(now))
        .execute();
    String state = handle.createQuery(STATE).bind("event", event.id()).mapTo(String.class).one();
    return State.valueOf(state.toUpperCase(Locale.ROOT));
  }

  static void mark(Handle handle, StoredEvent event, State state) {
    handle.createUpdate(MARK).bind("event", event.id()).bind("state", state.label()).execute();
  }

  static void sent(Handle handle, StoredEvent event, Instant now) {
    handle.createUpdate(SENT).bind("event", event.id()).bind("now", EpochMicros.of(now)).execute();
  }
}
