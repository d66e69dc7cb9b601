package dev.hooklake.server.sinks;

import dev.hooklake.journal.EventKey;
import dev.hooklake.lake.PersonRows;
import dev.hooklake.server.erasure.Erasable;
import dev.hooklake.server.erasure.Person;
import dev.hooklake.server.operations.DatabaseAway;
import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.RowStatement;
import dev.hooklake.server.sinks.Sink.Rejected;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// The events that sinks refused for what is in them, kept for thirty days.
public final class SinkRejects implements Erasable {
  private static final Duration KEPT = Duration.ofDays(30);
  private static final String PUT =
      "INSERT INTO sink_rejects (sink, event_id, source, event_key, event, reason, rejected_at)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sink, event_id) DO UPDATE SET"
          + " event = excluded.event, reason = excluded.reason";
  private static final String SWEEP = "DELETE FROM sink_rejects WHERE rejected_at < :before";
  private static final String COUNT =
      "SELECT sink, COUNT(*) AS events FROM sink_rejects GROUP BY sink";
  private static final String ALL = "SELECT DISTINCT event_id, source, event FROM sink_rejects";
  private static final String DELETE = "DELETE FROM sink_rejects WHERE event_id = :id";

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

  @Override
  public String name() {
    return "sink_rejects";
  }

  @Override
  public long erase(Person person, PersonRows rows) throws IOException {
    try {
      long erased = database.write(handle -> erase(handle, person.traces(), rows));
      database.purge();
      return erased;
    } catch (DatabaseAway e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static long erase(Handle handle, Predicate<String> names, PersonRows rows) {
    List<String> theirs =
        handle
            .createQuery(ALL)
            .map((rs, _) ->
                new Kept(rs.getString("event_id"), rs.getString("source"), rs.getString("event")))
            .list()
            .stream()
            .filter(kept -> kept.isOf(names, rows))
            .map(Kept::id)
            .distinct()
            .toList();
    long erased = 0;
    for (String id : theirs) {
      erased += handle.createUpdate(DELETE).bind("id", id).execute();
    }
    return erased;
  }

  /// Bounded, so that any index takes it.
  private static String digest(String source, String eventId) {
    EventKey key = EventKey.of(source, eventId);
    return "%016x%016x".formatted(key.high(), key.low());
  }

  /// A row as far as an erasure looks at it.
  private record Kept(String id, String source, String event) {
    boolean isOf(Predicate<String> names, PersonRows rows) {
      return names.test(event)
          || rows.events().stream().anyMatch(one -> digest(one.source(), one.eventKey()).equals(id))
          || rows.links().stream()
              .anyMatch(
                  link -> link.source().equals(source) && event.contains("\"" + link.id() + "\""));
    }
  }
}
