package dev.hooklake.server.analytics;

import dev.hooklake.lake.LakeReader;
import dev.hooklake.sources.event.Channel;
import dev.hooklake.sources.event.Tables;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Looks an event up by scanning the key columns of landing, the channel tables and quarantine.
///
/// Meant for a person who asks about one event: it takes a fraction of a second and grows with the
/// lake. One look-up runs at a time, so that it never takes more than its memory.
public final class LakeEventLookup implements EventLookup {
  private static final SqlLimits LIMITS = new SqlLimits(1, 128);
  private static final String LANDED =
      "SELECT received_at, journal_position FROM webhook_landing WHERE source = ? AND event_key = ?";
  private static final String DERIVED =
      Stream.concat(
              Arrays.stream(Channel.values()).map(LakeEventLookup::channelRow),
              Stream.of(
                  "SELECT '"
                      + Tables.QUARANTINE.name()
                      + "' AS found_in, reason, message FROM quarantine"
                      + " WHERE source = ? AND event_key = ?"))
          .collect(Collectors.joining(" UNION ALL "));

  private final LakeReader lake;
  private final ReentrantLock oneAtATime = new ReentrantLock();

  public LakeEventLookup(LakeReader lake) {
    this.lake = lake;
  }

  private static String channelRow(Channel channel) {
    String table = channel.table().name();
    return "SELECT '%s' AS found_in, NULL AS reason, NULL AS message FROM %s"
        .formatted(table, table)
        .concat(" WHERE source = ? AND event_id = ?");
  }

  @Override
  public Optional<LandedEvent> find(String source, String eventKey) throws IOException {
    oneAtATime.lock();
    try (LakeSql sql = LakeSql.open(lake, LIMITS)) {
      return find(sql, List.of(source, eventKey));
    } catch (SqlFailure e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      oneAtATime.unlock();
    }
  }

  private static Optional<LandedEvent> find(LakeSql sql, List<String> key) {
    List<@Nullable Object> landed = first(sql, LANDED, key);
    if (landed == null) {
      return Optional.empty();
    }
    List<String> keyForEachTable =
        Stream.generate(() -> key)
            .limit(Channel.values().length + 1L)
            .flatMap(List::stream)
            .toList();
    List<@Nullable Object> derived = first(sql, DERIVED, keyForEachTable);
    if (derived == null) {
      throw new SqlFailure(
          "the event is in landing, but neither in a channel table nor quarantine");
    }
    String table = String.valueOf(derived.get(0));
    return Optional.of(
        new LandedEvent(
            table,
            sql.version(table),
            Instant.parse(String.valueOf(landed.get(0))),
            ((Number) Objects.requireNonNull(landed.get(1))).longValue(),
            (String) derived.get(1),
            (String) derived.get(2)));
  }

  private static @Nullable List<@Nullable Object> first(
      LakeSql sql, String query, List<String> parameters) {
    var row = new FirstRow();
    sql.query(query + " LIMIT 1", parameters, row);
    return row.values;
  }

  private static final class FirstRow implements ResultReader {
    private @Nullable List<@Nullable Object> values;

    @Override
    public void columns(List<String> names) {}

    @Override
    public void row(List<@Nullable Object> values) {
      this.values = values;
    }

    @Override
    public void end() {}
  }
}
