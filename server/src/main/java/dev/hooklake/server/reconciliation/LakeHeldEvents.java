package dev.hooklake.server.reconciliation;

import dev.hooklake.journal.Journal;
import dev.hooklake.lake.LakeReader;
import dev.hooklake.server.analytics.LakeSql;
import dev.hooklake.server.analytics.ResultReader;
import dev.hooklake.server.analytics.SqlLimits;
import dev.hooklake.server.pipeline.LakePipeline;
import dev.hooklake.server.pipeline.LakeProgress;
import dev.hooklake.sources.event.Channel;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads the channel tables of one source with DuckDB, in memory of its own limit.
public final class LakeHeldEvents implements HeldEvents {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final long LOOK_MILLIS = 100;

  /// What is asked and who answers.
  ///
  /// @param closing opens when the server ends
  public record Parts(
      Journal journal,
      LakePipeline pipeline,
      LakeReader lake,
      SqlLimits limits,
      InstantSource clock,
      CountDownLatch closing) {}

  private final Parts parts;
  private final String source;

  public LakeHeldEvents(Parts parts, String source) {
    this.parts = parts;
    this.source = source;
  }

  @Override
  public void catchUp() throws IOException, InterruptedException {
    long through = parts.journal().status().lastSequence();
    Instant deadline = parts.clock().instant().plus(LONGEST_WAIT);
    while (parts.pipeline().progress().landedThrough() < through) {
      LakeProgress progress = parts.pipeline().progress();
      if (progress.state() == LakeProgress.State.STOPPED
          || parts.clock().instant().isAfter(deadline)) {
        throw new IOException(
            "the lake is behind the journal ("
                + progress.state()
                + "), so that what is there"
                + " would look missing; see ./hooklake status");
      }
      if (parts.closing().await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new InterruptedException("the server ends");
      }
    }
  }

  @Override
  public Map<String, Held> of(Collection<? extends ListedMessage> messages, LocalDate since)
      throws IOException {
    var held = new HashMap<String, Held>();
    var channels = new TreeSet<Channel>();
    messages.forEach(message -> channels.add(message.channel()));
    if (channels.isEmpty()) {
      return held;
    }
    String ids =
        messages.stream()
            .map(ListedMessage::deliveryId)
            .distinct()
            .collect(Collectors.joining("\n"));
    String rows =
        channels.stream().map(LakeHeldEvents::rowsOf).collect(Collectors.joining(" UNION ALL "));
    String sql =
        """
        WITH wanted AS (SELECT unnest(string_split(?, chr(10))) AS id),
          asked AS (SELECT CAST(? AS VARCHAR) AS source, CAST(? AS DATE) AS since)
        SELECT delivery_id, metric, bool_or(NOT is_machine), bool_or(is_machine)
        FROM (%s) GROUP BY delivery_id, metric\
        """
            .formatted(rows);
    query(
        sql,
        List.of(ids, source, since.toString()),
        row ->
            held.computeIfAbsent(text(row, 0), _ -> new Held())
                .add(text(row, 1), flag(row, 2), flag(row, 3)));
    return held;
  }

  private static String rowsOf(Channel channel) {
    return """
    SELECT delivery_id, metric, is_machine FROM %s
    WHERE source = (SELECT source FROM asked) AND event_date >= (SELECT since FROM asked)
      AND delivery_id IN (SELECT id FROM wanted)\
    """
        .formatted(channel.table().name());
  }

  @Override
  public void count(Days days, ZoneId zone, Counted counted) throws IOException {
    String rows =
        Arrays.stream(Channel.values())
            .map(LakeHeldEvents::firstsOf)
            .collect(Collectors.joining(" UNION ALL "));
    String sql =
        """
        WITH asked AS (SELECT CAST(? AS VARCHAR) AS source, CAST(? AS VARCHAR) AS zone,
            CAST(? AS DATE) AS from_day, CAST(? AS DATE) AS to_day)
        SELECT day, channel, metric, kind, id, count(*)
        FROM (
          SELECT channel, metric, max(kind) AS kind, max(id) AS id,
            CAST(timezone((SELECT zone FROM asked), min(occurred_at)) AS DATE) AS day
          FROM (%s) GROUP BY channel, delivery_id, metric)
        WHERE day BETWEEN (SELECT from_day FROM asked) AND (SELECT to_day FROM asked)
        GROUP BY day, channel, metric, kind, id\
        """
            .formatted(rows);
    query(
        sql,
        List.of(source, zone.getId(), days.from().toString(), days.to().toString()),
        row ->
            counted.row(
                LocalDate.parse(text(row, 0)),
                text(row, 1),
                text(row, 2),
                new Parent(text(row, 3), number(row, 4)),
                number(row, 5)));
  }

  /// Opens and clicks count once as such and once by who did it. A day of another zone begins or
  /// ends in another one of UTC; what happened first within a week before counts on its own day.
  private static String firstsOf(Channel channel) {
    return """
    SELECT '%s' AS channel, delivery_id, occurred_at,
      unnest(CASE WHEN metric IN ('opened', 'clicked')
        THEN [metric, metric || CASE WHEN is_machine THEN ':machine' ELSE ':human' END]
        ELSE [metric] END) AS metric,
      CASE WHEN campaign_id IS NOT NULL THEN 'campaign'
        WHEN broadcast_id IS NOT NULL THEN 'broadcast'
        WHEN newsletter_id IS NOT NULL THEN 'newsletter'
        WHEN transactional_message_id IS NOT NULL THEN 'transactional' ELSE 'none' END AS kind,
      coalesce(campaign_id, broadcast_id, newsletter_id, transactional_message_id, 0) AS id
    FROM %s
    WHERE source = (SELECT source FROM asked) AND delivery_id IS NOT NULL
      AND event_date BETWEEN (SELECT from_day FROM asked) - 7 AND (SELECT to_day FROM asked) + 1\
    """
        .formatted(channel.label(), channel.table().name());
  }

  private void query(String sql, List<String> parameters, EachRow each) throws IOException {
    try (LakeSql lake = LakeSql.open(parts.lake(), parts.limits())) {
      lake.query(sql, parameters, new Rows(each));
    }
  }

  private static String text(List<@Nullable Object> row, int column) {
    return String.valueOf(row.get(column));
  }

  private static boolean flag(List<@Nullable Object> row, int column) {
    return Boolean.TRUE.equals(row.get(column));
  }

  private static long number(List<@Nullable Object> row, int column) {
    return row.get(column) instanceof Number number ? number.longValue() : 0;
  }

  private interface EachRow {
    void row(List<@Nullable Object> row);
  }

  private record Rows(EachRow each) implements ResultReader {
    @Override
    public void columns(List<String> names) {}

    @Override
    public void row(List<@Nullable Object> values) {
      each.row(new ArrayList<>(values));
    }

    @Override
    public void end() {}
  }
}
