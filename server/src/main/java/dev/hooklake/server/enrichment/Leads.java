package dev.hooklake.server.enrichment;

import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.server.operations.OperationsDatabase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Lead events for operators: list, show, and process again.
public final class Leads {
  /// More are processed again by asking once more.
  public static final int MOST_REPROCESSED = 10_000;

  private static final String BEHIND =
      "(received_at, id) < (SELECT received_at, id FROM webhook_events WHERE id = :after)";

  private static final String COUNTS =
      "SELECT status, count(*) AS events FROM webhook_events GROUP BY status";

  private static final String NOTE = "SELECT state FROM lead_notes WHERE event_id = :id";

  private static final List<String> BEGIN_ANEW =
      List.of(
          "DELETE FROM lead_steps WHERE event_id = :id",
          "DELETE FROM lead_parties WHERE event_id = :id",
          "UPDATE leads SET contact_fingerprint = NULL WHERE (source, lead_id)"
              + " IN (SELECT source, lead_id FROM webhook_events WHERE id = :id)",
          "UPDATE webhook_events SET status = 'received', outcome = NULL, error_message = NULL,"
              + " attempts = 0, run = run + 1, started_at = NULL, processed_at = NULL,"
              + " next_attempt_at = NULL, reported_at = NULL WHERE id = :id");

  private final OperationsDatabase database;
  private final InstantSource clock;
  private final Runnable wake;

  /// @param wake tells that there are new jobs
  public Leads(OperationsDatabase database, InstantSource clock, Runnable wake) {
    this.database = database;
    this.clock = clock;
    this.wake = wake;
  }

  /// Newest first.
  ///
  /// @param after the id to go on behind; null begins with the newest
  public LeadPage list(LeadFilter filter, int limit, @Nullable String after) {
    if (limit < 1 || limit > LeadPage.MAX_LIMIT) {
      throw new IllegalArgumentException("limit is " + limit + "; give 1 to " + LeadPage.MAX_LIMIT);
    }
    var conditions = new Conditions(filter);
    conditions.add(BEHIND, "after", after);
    List<StoredEvent> events =
        database.read(handle ->
            conditions
                .query(handle, "SELECT *", " ORDER BY received_at DESC, id DESC LIMIT :limit")
                .bind("limit", limit + 1)
                .map((rs, _) -> StoredEvent.of(rs))
                .list());
    boolean more = events.size() > limit;
    List<StoredEvent> shown = more ? events.subList(0, limit) : events;
    return new LeadPage(shown, more ? shown.getLast().id() : null);
  }

  /// How many events are in each state, of those states that have any.
  public Map<EventStatus, Long> counts() {
    var counts = new EnumMap<EventStatus, Long>(EventStatus.class);
    database
        .read(handle ->
            handle
                .createQuery(COUNTS)
                .map((rs, _) ->
                    Map.entry(
                        EventStatus.of(rs.getString("status")).orElseThrow(), rs.getLong("events")))
                .list())
        .forEach(count -> counts.put(count.getKey(), count.getValue()));
    return counts;
  }

  public Optional<LeadDetails> show(String id) {
    return database.read(handle ->
        LeadEvents.byId(handle, id)
            .map(event -> new LeadDetails(event, Steps.list(handle, id), note(handle, id))));
  }

  /// The ids of what `reprocess` would process again, oldest first.
  public List<String> reprocessable(LeadFilter filter) {
    return database.read(handle -> ended(handle, filter));
  }

  /// Begins ended events anew: their steps are taken again, and their leads' contacts looked up
  /// though they did not change. A note that was sent is not sent again.
  public List<String> reprocess(LeadFilter filter) {
    List<String> ids = reprocessable(filter);
    ids.forEach(this::reprocess);
    return ids;
  }

  /// The same for one event; false when there is none, or it has not ended.
  public boolean reprocess(String id) {
    boolean begun =
        database.write(handle -> {
          boolean ended = LeadEvents.byId(handle, id).filter(Leads::hasEnded).isPresent();
          if (ended) {
            BEGIN_ANEW.forEach(update -> handle.createUpdate(update).bind("id", id).execute());
            JobTable.add(handle, id, clock.instant());
          }
          return ended;
        });
    wake.run();
    return begun;
  }

  private static boolean hasEnded(StoredEvent event) {
    return event.status() == EventStatus.COMPLETED || event.status() == EventStatus.FAILED;
  }

  private static @Nullable String note(Handle handle, String id) {
    return handle.createQuery(NOTE).bind("id", id).mapTo(String.class).findOne().orElse(null);
  }

  private static List<String> ended(Handle handle, LeadFilter filter) {
    var conditions = new Conditions(filter);
    conditions.texts.add("status IN ('completed', 'failed')");
    return conditions
        .query(handle, "SELECT id", " ORDER BY received_at, id LIMIT " + MOST_REPROCESSED)
        .mapTo(String.class)
        .list();
  }

  /// Only what is asked for: `x IS NULL OR ...` would keep the indexes unused.
  private static final class Conditions {
    private final List<String> texts = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();

    Conditions(LeadFilter filter) {
      EventStatus status = filter.status();
      Outcome outcome = filter.outcome();
      add("source = :source", "source", filter.source());
      add("lead_id = :leadId", "leadId", filter.leadId());
      add("status = :status", "status", status == null ? null : status.label());
      add("outcome = :outcome", "outcome", outcome == null ? null : outcome.label());
      add("received_at >= :from", "from", micros(filter.receivedFrom()));
      add("received_at < :to", "to", micros(filter.receivedTo()));
    }

    void add(String text, String name, @Nullable Object value) {
      if (value != null) {
        texts.add(text);
        values.put(name, value);
      }
    }

    Query query(Handle handle, String select, String rest) {
      String where = texts.isEmpty() ? "" : " WHERE " + String.join(" AND ", texts);
      return handle.createQuery(select + " FROM webhook_events" + where + rest).bindMap(values);
    }

    private static @Nullable Long micros(@Nullable Instant instant) {
      return instant == null ? null : (Long) EpochMicros.of(instant);
    }
  }
}
