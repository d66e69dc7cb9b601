package dev.hooklake.server.alerts;

import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.server.operations.OperationsDatabase;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The silences in the operations database; those that are over go by themselves.
final class Silences {
  private static final int MOST = 200;
  private static final String IN_FORCE =
      "SELECT * FROM alert_silences WHERE until_at > :now ORDER BY until_at, id";
  private static final String INSERT =
      "INSERT INTO alert_silences (id, rule, subject, until_at, reason, created_by, created_at)"
          + " VALUES (:id, :rule, :subject, :until, :reason, :by, :now)";
  private static final String OVER = "DELETE FROM alert_silences WHERE until_at <= :now";
  private static final String END = "DELETE FROM alert_silences WHERE id = :id";

  private final OperationsDatabase database;

  Silences(OperationsDatabase database) {
    this.database = database;
  }

  List<Silence> inForce(Instant now) {
    return database.read(handle -> inForce(handle, now));
  }

  static List<Silence> inForce(Handle handle, Instant now) {
    return handle
        .createQuery(IN_FORCE)
        .bind("now", EpochMicros.of(now))
        .map((rs, _) ->
            new Silence(
                rs.getString("id"),
                rs.getString("rule"),
                rs.getString("subject"),
                EpochMicros.instant(rs.getLong("until_at")),
                rs.getString("reason"),
                rs.getString("created_by")))
        .list();
  }

  void add(Silence silence, Instant now) {
    if (inForce(now).size() >= MOST) {
      throw new IllegalArgumentException("there are " + MOST + " silences; end some of them");
    }
    database.change(handle -> {
      handle.createUpdate(OVER).bind("now", EpochMicros.of(now)).execute();
      handle
          .createUpdate(INSERT)
          .bind("id", silence.id())
          .bind("rule", silence.rule())
          .bind("subject", silence.subject())
          .bind("until", EpochMicros.of(silence.until()))
          .bind("reason", silence.reason())
          .bind("by", silence.createdBy())
          .bind("now", EpochMicros.of(now))
          .execute();
    });
  }

  /// Whether there was such a silence.
  boolean end(String id) {
    return database.write(handle -> handle.createUpdate(END).bind("id", id).execute()) > 0;
  }
}
