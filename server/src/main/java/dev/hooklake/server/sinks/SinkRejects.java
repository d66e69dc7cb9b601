package dev.hooklake.server.sinks;

import dev.hooklake.journal.EventKey;
import dev.hooklake.lake.PersonRows;
import dev.hooklake.server.erasure.Erasable;
import dev.hooklake.server.erasure.Person;
import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.RowStatement;
import dev.hooklake.server.sinks.Sink.Rejected;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// The events that sinks refused for what is in them, kept for thirty days, for people to look at
/// and to have sent again once the table takes them.
public final class SinkRejects implements Erasable {
  public static final int MOST_REJECTS = 500;

  private static final Duration KEPT = Duration.ofDays(30);
  private static final String PUT =
      "INSERT INTO sink_rejects (sink, event_id, source, event_key, event_type, event, reason,"
          + " rejected_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sink, event_id) DO UPDATE"
          + " SET event = excluded.event, reason = excluded.reason";
  private static final String SWEEP = "DELETE FROM sink_rejects WHERE rejected_at < :before";
  private static final String COUNT =
      "SELECT sink, COUNT(*) AS events FROM sink_rejects GROUP BY sink";
  private static final String LIST =
      "SELECT sink, event_id, source, event_key, event_type, reason, rejected_at, resend FROM"
          + " sink_rejects WHERE (:sink = '' OR sink = :sink)"
          + " ORDER BY rejected_at DESC, event_id LIMIT :limit";
  private static final String RESEND =
      "UPDATE sink_rejects SET resend = 1 WHERE sink = :sink AND (:id = '' OR event_id = :id)";
  private static final String ASKED =
      "SELECT event_type, event FROM sink_rejects WHERE sink = :sink AND resend = 1"
          + " ORDER BY rejected_at LIMIT :limit";
  private static final String TAKEN =
      "DELETE FROM sink_rejects WHERE sink = :sink AND event_id = :id";
  private static final String REFUSED_AGAIN =
      "UPDATE sink_rejects SET resend = 0, reason = :reason"
          + " WHERE sink = :sink AND event_id = :id";
  private static final String ALL = "SELECT event_id, source, event FROM sink_rejects";
  private static final String DELETE = "DELETE FROM sink_rejects WHERE event_id IN (<ids>)";
  private static final int CHUNK = 500;

  private final OperationsDatabase database;

  public SinkRejects(OperationsDatabase database) {
    this.database = database;
  }

  /// Stores them in the transaction that moves the sink's place in the journal.
  static void put(Handle handle, String sink, List<Rejected> rejected, Instant now) {
    try (RowStatement row = new RowStatement(handle, PUT)) {
      for (Rejected one : rejected) {
        row.text(sink)
            .text(digest(one.row().source(), one.row().eventId()))
            .text(one.row().source())
            .text(one.row().eventId().replace("\0", ""))
            .text(one.row().eventType())
            .text(one.row().event())
            .text(one.reason())
            .number(EpochMicros.of(now))
            .add();
      }
      row.execute();
    }
  }

  static void sweep(Handle handle, Instant now) {
    handle.createUpdate(SWEEP).bind("before", EpochMicros.of(now.minus(KEPT))).execute();
  }

  /// How many, by sink.
  Map<String, Long> counts() {
    return database.read(handle ->
        handle
            .createQuery(COUNT)
            .map((rs, _) -> Map.entry(rs.getString("sink"), rs.getLong("events")))
            .list()
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /// The newest of them.
  ///
  /// @param sink only its own; empty for all
  public List<SinkReject> list(String sink, int limit) {
    return database.read(handle ->
        handle
            .createQuery(LIST)
            .bind("sink", sink)
            .bind("limit", Math.min(limit, MOST_REJECTS))
            .map((rs, _) -> reject(rs))
            .list());
  }

  /// Asks for a sink's rejected events to be sent again, which its consumer does within moments;
  /// how many.
  ///
  /// @param id only this one; empty for all
  public int resend(String sink, String id) {
    return database.write(
        handle -> handle.createUpdate(RESEND).bind("sink", sink).bind("id", id).execute());
  }

  /// Some of those that are to be sent again.
  static List<SinkRow> asked(OperationsDatabase database, String sink, Instant now) {
    return database.read(handle ->
        handle
            .createQuery(ASKED)
            .bind("sink", sink)
            .bind("limit", CHUNK)
            .map((rs, _) -> SinkRow.of(rs.getString("event_type"), rs.getString("event"), now))
            .list());
  }

  /// Drops what was taken, and keeps what was refused again. What is gone meanwhile stays gone.
  static void settle(Handle handle, String sink, List<SinkRow> sent, List<Rejected> rejected) {
    Map<SinkRow, String> reasons =
        rejected.stream().collect(Collectors.toMap(Rejected::row, Rejected::reason));
    for (SinkRow row : sent) {
      String reason = reasons.get(row);
      handle
          .createUpdate(reason == null ? TAKEN : REFUSED_AGAIN)
          .bind("sink", sink)
          .bind("id", digest(row.source(), row.eventId()))
          .bind("reason", reason)
          .execute();
    }
  }

  @Override
  public String name() {
    return "sink_rejects";
  }

  @Override
  public long erase(Person person, PersonRows rows) throws IOException {
    return database.erase(handle -> delete(handle, theirs(handle, person, rows)));
  }

  /// One row at a time: all of them may be more than the memory takes.
  private static Set<String> theirs(Handle handle, Person person, PersonRows rows) {
    Predicate<String> names = person.traces();
    Set<String> ids =
        rows.events().stream()
            .map(one -> digest(one.source(), one.eventKey()))
            .collect(Collectors.toSet());
    Set<String> found = new HashSet<>();
    try (var stream =
        handle.createQuery(ALL).setFetchSize(CHUNK).map((rs, _) -> Kept.of(rs)).stream()) {
      stream
          .filter(kept -> ids.contains(kept.id()) || kept.isOf(names, rows))
          .forEach(kept -> found.add(kept.id()));
    }
    return found;
  }

  private static long delete(Handle handle, Set<String> ids) {
    List<String> all = List.copyOf(ids);
    long deleted = 0;
    for (int from = 0; from < all.size(); from += CHUNK) {
      List<String> some = all.subList(from, Math.min(all.size(), from + CHUNK));
      deleted += handle.createUpdate(DELETE).bindList("ids", some).execute();
    }
    return deleted;
  }

  private static SinkReject reject(ResultSet rs) throws SQLException {
    return new SinkReject(
        rs.getString("sink"),
        rs.getString("event_id"),
        rs.getString("source"),
        rs.getString("event_key"),
        rs.getString("event_type"),
        rs.getString("reason"),
        EpochMicros.instant(rs.getLong("rejected_at")),
        rs.getInt("resend") == 1);
  }

  /// Bounded, so that any index takes it.
  private static String digest(String source, String eventId) {
    EventKey key = EventKey.of(source, eventId);
    return "%016x%016x".formatted(key.high(), key.low());
  }

  /// A row as far as an erasure looks at it.
  private record Kept(String id, String source, String event) {
    static Kept of(ResultSet rs) throws SQLException {
      return new Kept(rs.getString("event_id"), rs.getString("source"), rs.getString("event"));
    }

    boolean isOf(Predicate<String> names, PersonRows rows) {
      return names.test(event)
          || rows.links().stream()
              .anyMatch(
                  link -> link.source().equals(source) && event.contains("\"" + link.id() + "\""));
    }
  }
}
