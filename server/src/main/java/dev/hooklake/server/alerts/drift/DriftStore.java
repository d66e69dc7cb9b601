package dev.hooklake.server.alerts.drift;

import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.server.operations.OperationsDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// What was seen, added up, and up to when the lake was looked through: both in one transaction.
final class DriftStore {
  /// What a source sends on its first day is what it sends.
  private static final Duration FIRST_DAY = Duration.ofDays(1);

  /// A source that makes names up must not fill the database.
  private static final int MOST_OF_A_SOURCE = 1_000;

  private static final int MOST_LISTED = 2_000;

  private static final String THROUGH = "SELECT through_at FROM drift_scans WHERE lake = :lake";
  private static final String START =
      "INSERT INTO drift_scans (lake, through_at) VALUES (:lake, :from)"
          + " ON CONFLICT (lake) DO NOTHING";
  private static final String ADVANCE =
      "UPDATE drift_scans SET through_at = :to WHERE lake = :lake AND through_at = :from";
  private static final String SOURCE =
      "INSERT INTO drift_sources (source, first_seen) VALUES (:source, :first)"
          + " ON CONFLICT (source) DO NOTHING";
  private static final String SOURCES = "SELECT source, first_seen FROM drift_sources";
  private static final String SIZES = "SELECT source, COUNT(*) AS names FROM drift GROUP BY source";
  private static final String UPDATE =
      "UPDATE drift SET events = events + :events, last_seen = :last"
          + " WHERE source = :source AND kind = :kind AND name = :name";
  private static final String INSERT =
      "INSERT INTO drift (source, kind, name, first_seen, last_seen, events, sample, event_key,"
          + " is_new) VALUES (:source, :kind, :name, :first, :last, :events, :sample, :key, :new)";
  private static final String NEW_SINCE =
      "SELECT * FROM drift WHERE is_new = 1 AND first_seen > :since"
          + " ORDER BY first_seen DESC, source, kind, name LIMIT :limit";
  private static final String ALL =
      "SELECT * FROM drift ORDER BY is_new DESC, first_seen DESC, source, kind, name LIMIT :limit";

  private final OperationsDatabase database;
  private final String lake;

  DriftStore(OperationsDatabase database, String lake) {
    this.database = database;
    this.lake = lake;
  }

  Optional<Instant> lookedThrough() {
    return database.read(handle ->
        handle
            .createQuery(THROUGH)
            .bind("lake", lake)
            .mapTo(long.class)
            .findOne()
            .map(EpochMicros::instant));
  }

  /// Adds what was seen between two times, unless another server has meanwhile.
  void add(Collection<Seen> seen, Instant from, Instant to) {
    database.change(handle -> {
      handle.createUpdate(START).bind("lake", lake).bind("from", EpochMicros.of(from)).execute();
      int moved =
          handle
              .createUpdate(ADVANCE)
              .bind("lake", lake)
              .bind("from", EpochMicros.of(from))
              .bind("to", EpochMicros.of(to))
              .execute();
      if (moved == 1) {
        add(handle, seen);
      }
    });
  }

  private static void add(Handle handle, Collection<Seen> seen) {
    Map<String, Instant> first = new HashMap<>();
    seen.forEach(
        one -> first.merge(one.source(), one.firstSeen(), (a, b) -> a.isBefore(b) ? a : b));
    first.forEach((source, at) ->
        handle
            .createUpdate(SOURCE)
            .bind("source", source)
            .bind("first", EpochMicros.of(at))
            .execute());
    Map<String, Long> begins = longs(handle, SOURCES, "first_seen");
    Map<String, Long> sizes = longs(handle, SIZES, "names");
    for (Seen one : seen) {
      if (update(handle, one) == 0
          && sizes.merge(one.source(), 1L, Long::sum) <= MOST_OF_A_SOURCE) {
        Instant begin = EpochMicros.instant(begins.getOrDefault(one.source(), 0L));
        insert(handle, one, one.firstSeen().isAfter(begin.plus(FIRST_DAY)) && !isKnown(one));
      }
    }
  }

  private static boolean isKnown(Seen one) {
    return one.kind() == DriftKind.METRIC
        && KnownMetrics.contains(one.name().substring(one.name().lastIndexOf(' ') + 1));
  }

  private static int update(Handle handle, Seen one) {
    return handle
        .createUpdate(UPDATE)
        .bind("source", one.source())
        .bind("kind", one.kind().label())
        .bind("name", one.name())
        .bind("events", one.events())
        .bind("last", EpochMicros.of(one.lastSeen()))
        .execute();
  }

  private static void insert(Handle handle, Seen one, boolean isNew) {
    handle
        .createUpdate(INSERT)
        .bind("source", one.source())
        .bind("kind", one.kind().label())
        .bind("name", one.name())
        .bind("first", EpochMicros.of(one.firstSeen()))
        .bind("last", EpochMicros.of(one.lastSeen()))
        .bind("events", one.events())
        .bind("sample", one.sample())
        .bind("key", one.eventKey())
        .bind("new", isNew ? 1 : 0)
        .execute();
  }

  private static Map<String, Long> longs(Handle handle, String query, String column) {
    Map<String, Long> found = new HashMap<>();
    handle
        .createQuery(query)
        .map((rs, _) -> Map.entry(rs.getString("source"), rs.getLong(column)))
        .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
    return found;
  }

  List<DriftEntry> newSince(Instant since) {
    return database.read(
        handle -> list(handle.createQuery(NEW_SINCE).bind("since", EpochMicros.of(since))));
  }

  List<DriftEntry> all() {
    return database.read(handle -> list(handle.createQuery(ALL)));
  }

  private static List<DriftEntry> list(Query query) {
    return query
        .bind("limit", MOST_LISTED)
        .map((rs, _) ->
            new DriftEntry(
                rs.getString("source"),
                DriftKind.of(rs.getString("kind")),
                rs.getString("name"),
                EpochMicros.instant(rs.getLong("first_seen")),
                EpochMicros.instant(rs.getLong("last_seen")),
                rs.getLong("events"),
                rs.getString("sample"),
                rs.getString("event_key"),
                rs.getInt("is_new") == 1))
        .list();
  }
}
