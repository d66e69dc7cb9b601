package dev.hooklake.server.forwarding;

import com.fasterxml.jackson.core.JsonPointer;
import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.RowStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The events that are on their way, in the operations database.
///
/// | state   | left by                                                               |
/// |---------|-----------------------------------------------------------------------|
/// | waiting | delivered (the row goes), or given up (dead)                          |
/// | dead    | replayed (waiting again), or older than the retention (the row goes)  |
///
/// Whoever sends a row holds it first, for longer than an attempt may take; what a killed server
/// held, its next life lets go.
final class ForwardQueue {
  private static final String INSERT =
      "INSERT INTO forwards (destination, webhook_id, source, event_key, body, ordering_key,"
          + " position, state, attempts, queued_at, next_attempt_at)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting', 0, ?, ?)"
          + " ON CONFLICT (destination, webhook_id) ";
  private static final String PUT = INSERT + "DO NOTHING";
  private static final String PUT_AGAIN =
      INSERT
          + "DO UPDATE SET state = 'waiting', attempts = 0, queued_at = excluded.queued_at,"
          + " next_attempt_at = excluded.next_attempt_at WHERE forwards.state = 'dead'";

  /// Of those that share an ordering key only the first, whether or not it is due.
  private static final String DUE =
      "SELECT * FROM forwards WHERE destination = :destination AND state = 'waiting'"
          + " AND next_attempt_at <= :now"
          + " AND (ordering_key IS NULL OR NOT EXISTS (SELECT 1 FROM forwards AS earlier"
          + " WHERE earlier.destination = forwards.destination"
          + " AND earlier.ordering_key = forwards.ordering_key"
          + " AND earlier.state = 'waiting' AND earlier.position < forwards.position))"
          + " ORDER BY next_attempt_at, position LIMIT :limit";

  private static final String OF_KEY = " WHERE destination = :destination AND webhook_id = :id";
  private static final String HOLD =
      "UPDATE forwards SET held_by = :holder, next_attempt_at = :until"
          + OF_KEY
          + " AND state = 'waiting' AND next_attempt_at = :due";
  private static final String LET_GO =
      "UPDATE forwards SET held_by = NULL, next_attempt_at = :now WHERE held_by = :holder";
  private static final String REMOVE = "DELETE FROM forwards" + OF_KEY;
  private static final String FAIL =
      "UPDATE forwards SET state = :state, attempts = attempts + 1, next_attempt_at = :next,"
          + " held_by = NULL, last_error = :error"
          + OF_KEY
          + " AND held_by = :holder";
  private static final String SWEEP =
      "DELETE FROM forwards WHERE state = 'dead' AND next_attempt_at < :before";

  private final OperationsDatabase database;
  private final String holder;

  /// @param holder tells this server from others that share the database
  ForwardQueue(OperationsDatabase database, String holder) {
    this.database = database;
    this.holder = holder;
  }

  /// An event to be queued for a destination.
  record Wanted(
      String destination, ForwardedEvent event, @Nullable String orderingKey, long position) {

    /// Empty when the destination has not chosen it.
    static Optional<Wanted> of(Destination destination, ForwardedEvent event, long position) {
      JsonPointer place = destination.orderBy();
      return destination.choice().takes(event)
          ? Optional.of(
              new Wanted(
                  destination.name(),
                  event,
                  place == null ? null : event.orderingKey(place),
                  position))
          : Optional.empty();
    }
  }

  /// Queues within the transaction that moves the consumer's position; what is queued already stays
  /// as it is.
  static void put(Handle handle, List<Wanted> all, Instant now) {
    put(handle, PUT, all, now);
  }

  /// The same, and a dead letter waits anew; how many of them did not wait before.
  static int putAgain(Handle handle, List<Wanted> all, Instant now) {
    return (int) Arrays.stream(put(handle, PUT_AGAIN, all, now)).filter(rows -> rows > 0).count();
  }

  private static int[] put(Handle handle, String sql, List<Wanted> all, Instant now) {
    try (RowStatement row = new RowStatement(handle, sql)) {
      for (Wanted one : all) {
        row.text(one.destination())
            .text(one.event().webhookId())
            .text(one.event().source())
            .text(one.event().key().replace("\0", ""))
            .text(one.event().document().toString())
            .text(one.orderingKey())
            .number(one.position())
            .number(EpochMicros.of(now))
            .number(EpochMicros.of(now))
            .add();
      }
      return row.execute();
    }
  }

  /// Lets go what this server held when it was killed.
  void letGo(Instant now) {
    database.change(handle ->
        handle
            .createUpdate(LET_GO)
            .bind("now", EpochMicros.of(now))
            .bind("holder", holder)
            .execute());
  }

  List<Forward> due(String destination, Instant now, int limit) {
    return database.read(handle ->
        handle
            .createQuery(DUE)
            .bind("destination", destination)
            .bind("now", EpochMicros.of(now))
            .bind("limit", limit)
            .map((rs, _) -> forward(rs))
            .list());
  }

  /// Those of them that nobody else has taken meanwhile.
  List<Forward> hold(List<Forward> due, Instant now, Duration time) {
    return database.write(handle -> {
      List<Forward> held = new ArrayList<>();
      for (Forward one : due) {
        int updated =
            handle
                .createUpdate(HOLD)
                .bind("holder", holder)
                .bind("until", EpochMicros.of(now.plus(time)))
                .bind("destination", one.destination())
                .bind("id", one.webhookId())
                .bind("due", EpochMicros.of(one.dueAt()))
                .execute();
        if (updated == 1) {
          held.add(one);
        }
      }
      return held;
    });
  }

  /// What is to be written down of an attempt.
  sealed interface Ending {
    record Delivered(Forward forward) implements Ending {}

    record Again(Forward forward, String reason, Instant at) implements Ending {}

    record Dead(Forward forward, String reason, Instant at) implements Ending {}
  }

  void settle(List<Ending> endings) {
    database.change(handle -> endings.forEach(ending -> settle(handle, ending)));
  }

  private void settle(Handle handle, Ending ending) {
    switch (ending) {
      case Ending.Delivered(Forward forward) ->
          handle
              .createUpdate(REMOVE)
              .bind("destination", forward.destination())
              .bind("id", forward.webhookId())
              .execute();
      case Ending.Again(var forward, var reason, var at) ->
          fail(handle, forward, "waiting", reason, at);
      case Ending.Dead(var forward, var reason, var at) ->
          fail(handle, forward, "dead", reason, at);
    }
  }

  private void fail(Handle handle, Forward forward, String state, String reason, Instant at) {
    handle
        .createUpdate(FAIL)
        .bind("state", state)
        .bind("next", EpochMicros.of(at))
        .bind("error", reason)
        .bind("destination", forward.destination())
        .bind("id", forward.webhookId())
        .bind("holder", holder)
        .execute();
  }

  /// Drops dead letters that died before `before`; how many.
  int sweep(Instant before) {
    return database.write(
        handle -> handle.createUpdate(SWEEP).bind("before", EpochMicros.of(before)).execute());
  }

  private static Forward forward(ResultSet rs) throws SQLException {
    return new Forward(
        rs.getString("destination"),
        rs.getString("webhook_id"),
        rs.getString("body"),
        rs.getInt("attempts"),
        EpochMicros.instant(rs.getLong("queued_at")),
        EpochMicros.instant(rs.getLong("next_attempt_at")));
  }
}
