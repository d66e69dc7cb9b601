package dev.hooklake.server.alerts.drift;

import dev.hooklake.server.analytics.LakeQuestions;
import dev.hooklake.server.analytics.QueryLimits;
import dev.hooklake.server.analytics.ResultTable;
import dev.hooklake.sources.event.Channel;
import dev.hooklake.sources.event.Table;
import dev.hooklake.sources.event.Tables;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Asks the tables what came in a stretch of time: fields in `extra` down to the third level,
/// metrics, and what is in quarantine.
final class LakeSearch {
  private static final QueryLimits LIMITS = QueryLimits.of(Duration.ofSeconds(60), 5_000);
  private static final String ADDED_UP =
      "count(*) AS events, min(received_at) AS first_at, max(received_at) AS last_at,"
          + " arg_min(event_id, received_at) AS event_key";
  private static final String ROWS =
      Arrays.stream(Channel.values())
          .map(Channel::table)
          .map(table ->
              "SELECT '%s' AS place, source, event_id, received_at, object_type, metric, extra FROM %s"
                  .formatted(table.name(), table.name()))
          .collect(Collectors.joining(" UNION ALL "));

  private static final String LEVEL =
      """
      %1$s_names AS (SELECT place, source, event_id, received_at, name AS above, value AS parent,
          unnest(json_keys(value)) AS child FROM %2$s WHERE json_type(value) = 'OBJECT'),
      %1$s AS (SELECT place, source, event_id, received_at,
          above || CASE WHEN above = '' THEN '' ELSE '.' END || child AS name,
          json_extract(parent, '/' || replace(replace(child, '~', '~0'), '/', '~1')) AS value
          FROM %1$s_names)\
      """;

  private static final String FIELDS =
      "WITH top AS (SELECT place, source, event_id, received_at, '' AS name, extra::JSON AS value FROM ("
          + ROWS
          + ") WHERE extra IS NOT NULL AND received_at > CAST(? AS TIMESTAMPTZ)"
          + " AND received_at <= CAST(? AS TIMESTAMPTZ)),\n"
          + LEVEL.formatted("first", "top")
          + ",\n"
          + LEVEL.formatted("second", "first")
          + ",\n"
          + LEVEL.formatted("third", "second")
          + ",\nfields AS (SELECT * FROM first WHERE json_type(value) <> 'OBJECT'"
          + " UNION ALL SELECT * FROM second WHERE json_type(value) <> 'OBJECT'"
          + " UNION ALL SELECT * FROM third)\n"
          + "SELECT place, source, name, left(CAST(arg_min(value, received_at) AS VARCHAR), 2000)"
          + " AS sample, "
          + ADDED_UP
          + " FROM fields GROUP BY place, source, name ORDER BY events DESC";

  private static final String METRICS =
      "SELECT source, object_type, metric, "
          + ADDED_UP
          + " FROM ("
          + ROWS
          + ") WHERE received_at > CAST(? AS TIMESTAMPTZ) AND received_at <= CAST(? AS TIMESTAMPTZ)"
          + " GROUP BY source, object_type, metric ORDER BY events DESC";

  private static final String NOT_UNDERSTOOD =
      "SELECT source, reason, arg_min(message, received_at) AS sample, count(*) AS events,"
          + " min(received_at) AS first_at, max(received_at) AS last_at,"
          + " arg_min(event_key, received_at) AS event_key FROM quarantine"
          + " WHERE received_at > CAST(? AS TIMESTAMPTZ) AND received_at <= CAST(? AS TIMESTAMPTZ)"
          + " AND date_partition >= CAST(? AS DATE) GROUP BY source, reason";

  private final LakeQuestions lake;

  LakeSearch(LakeQuestions lake) {
    this.lake = lake;
  }

  /// What arrived after `from` up to `to`.
  Collection<Seen> between(Instant from, Instant to) throws IOException {
    List<String> times = List.of(from.toString(), to.toString());
    Map<String, Seen> seen = new LinkedHashMap<>();
    fields(lake.ask(FIELDS, times, LIMITS)).forEach(one -> merge(seen, one));
    metrics(lake.ask(METRICS, times, LIMITS)).forEach(one -> merge(seen, one));
    List<String> withDay = new ArrayList<>(times);
    withDay.add(LocalDate.ofInstant(from, ZoneOffset.UTC).toString());
    notUnderstood(lake.ask(NOT_UNDERSTOOD, withDay, LIMITS)).forEach(one -> merge(seen, one));
    return seen.values();
  }

  private static void merge(Map<String, Seen> seen, Seen one) {
    seen.merge(one.source() + "\n" + one.kind() + "\n" + one.name(), one, Seen::with);
  }

  private static List<Seen> fields(ResultTable rows) {
    var seen = new ArrayList<Seen>();
    for (int row = 0; row < rows.rows().size(); row++) {
      String name = text(rows, row, "name");
      DriftKind kind =
          hasColumn(text(rows, row, "place"), name.substring(name.lastIndexOf('.') + 1))
              ? DriftKind.TYPE
              : DriftKind.FIELD;
      seen.add(seen(rows, row, kind, Sample.name(name), Sample.value(text(rows, row, "sample"))));
    }
    return seen;
  }

  /// A value that its column does not take stays in `extra`.
  private static boolean hasColumn(String place, String field) {
    Table table = Tables.byName(place).orElseThrow();
    return table.columns().stream().anyMatch(column -> column.name().equals(field));
  }

  private static List<Seen> metrics(ResultTable rows) {
    var seen = new ArrayList<Seen>();
    for (int row = 0; row < rows.rows().size(); row++) {
      String name = Sample.name(text(rows, row, "object_type") + " " + text(rows, row, "metric"));
      seen.add(seen(rows, row, DriftKind.METRIC, name, ""));
    }
    return seen;
  }

  private static List<Seen> notUnderstood(ResultTable rows) {
    var seen = new ArrayList<Seen>();
    for (int row = 0; row < rows.rows().size(); row++) {
      seen.add(
          seen(
              rows,
              row,
              DriftKind.NOT_UNDERSTOOD,
              text(rows, row, "reason"),
              text(rows, row, "sample")));
    }
    return seen;
  }

  private static Seen seen(ResultTable rows, int row, DriftKind kind, String name, String sample) {
    return new Seen(
        text(rows, row, "source"),
        kind,
        name,
        Instant.parse(text(rows, row, "first_at")),
        Instant.parse(text(rows, row, "last_at")),
        ((Number) Objects.requireNonNull(rows.value(row, "events"))).longValue(),
        sample,
        text(rows, row, "event_key"));
  }

  private static String text(ResultTable rows, int row, String column) {
    return String.valueOf(rows.value(row, column));
  }
}
