package dev.hooklake.server.forwarding;

import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.server.operations.OperationsDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What destinations did not take, for people to look at and to send again; and how many events are
/// on their way.
public final class DeadLetters {
  public static final int MOST_LETTERS = 500;

  private static final String LIST =
      "SELECT * FROM forwards WHERE state = 'dead' AND (:destination = '' OR destination ="
          + " :destination) ORDER BY next_attempt_at DESC, webhook_id LIMIT :limit";
  private static final String REPLAY =
      "UPDATE forwards SET state = 'waiting', attempts = 0, queued_at = :now, next_attempt_at = :now"
          + " WHERE state = 'dead' AND destination = :destination AND (:id = '' OR webhook_id = :id)";
  private static final String WAITED_FOR =
      "SELECT DISTINCT destination FROM forwards WHERE state = 'waiting'";
  private static final String GIVE_UP =
      "UPDATE forwards SET state = 'dead', next_attempt_at = :now, held_by = NULL,"
          + " last_error = 'the destination is not in the settings any more'"
          + " WHERE state = 'waiting' AND destination = :destination AND queued_at < :before";
  private static final String COUNT =
      "SELECT destination, state, COUNT(*) AS events, MIN(queued_at) AS oldest FROM forwards"
          + " GROUP BY destination, state";

  private final OperationsDatabase database;
  private final InstantSource clock;

  public DeadLetters(OperationsDatabase database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// The newest of them.
  ///
  /// @param destination only its own; empty for all
  public List<DeadLetter> list(String destination, int limit) {
    return database.read(handle ->
        handle
            .createQuery(LIST)
            .bind("destination", destination)
            .bind("limit", Math.min(limit, MOST_LETTERS))
            .map((rs, _) -> letter(rs))
            .list());
  }

  /// Has a destination's dead letters sent again, as if they had just come; how many.
  ///
  /// @param id only this one; empty for all
  public int replay(String destination, String id) {
    return database.write(handle ->
        handle
            .createUpdate(REPLAY)
            .bind("now", EpochMicros.of(clock.instant()))
            .bind("destination", destination)
            .bind("id", id)
            .execute());
  }

  /// Makes dead letters of what has waited for destinations that are not in the settings; how many.
  ///
  /// @param before only what was queued earlier: another server that shares the database may know
  ///   the destination, and it may come back
  public int giveUpOthersThan(Set<String> destinations, Instant before) {
    return database.write(handle ->
        handle.createQuery(WAITED_FOR).mapTo(String.class).list().stream()
            .filter(waitedFor -> !destinations.contains(waitedFor))
            .mapToInt(unknown ->
                handle
                    .createUpdate(GIVE_UP)
                    .bind("now", EpochMicros.of(clock.instant()))
                    .bind("destination", unknown)
                    .bind("before", EpochMicros.of(before))
                    .execute())
            .sum());
  }

  /// @param oldest when the first of those that wait was queued; null when none does
  record Backlog(long waiting, long dead, @Nullable Instant oldest) {
    static final Backlog NONE = new Backlog(0, 0, null);

    private Backlog and(Backlog other) {
      return new Backlog(
          waiting + other.waiting, dead + other.dead, oldest == null ? other.oldest : oldest);
    }
  }

  /// By destination; one that nothing waits for is missing.
  Map<String, Backlog> backlogs() {
    return database.read(handle ->
        handle
            .createQuery(COUNT)
            .map((rs, _) -> Map.entry(rs.getString("destination"), backlog(rs)))
            .list()
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Backlog::and)));
  }

  private static Backlog backlog(ResultSet rs) throws SQLException {
    long events = rs.getLong("events");
    return rs.getString("state").equals("dead")
        ? new Backlog(0, events, null)
        : new Backlog(events, 0, EpochMicros.instant(rs.getLong("oldest")));
  }

  private static DeadLetter letter(ResultSet rs) throws SQLException {
    return new DeadLetter(
        rs.getString("destination"),
        rs.getString("webhook_id"),
        rs.getString("source"),
        rs.getString("event_key"),
        rs.getInt("attempts"),
        EpochMicros.instant(rs.getLong("queued_at")),
        String.valueOf(rs.getString("last_error")));
  }
}
