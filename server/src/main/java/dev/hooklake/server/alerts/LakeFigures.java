package dev.hooklake.server.alerts;

import dev.hooklake.server.alerts.Measurements.ChannelFigures;
import dev.hooklake.server.alerts.Measurements.Quarantined;
import dev.hooklake.server.alerts.Measurements.Sent;
import dev.hooklake.server.analytics.LakeQuestions;
import dev.hooklake.server.analytics.MeasureQuestion;
import dev.hooklake.server.analytics.QueryLimits;
import dev.hooklake.server.analytics.ResultTable;
import dev.hooklake.sources.Origin;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// What the rules want to know of the lake.
final class LakeFigures {
  private static final Duration QUARANTINE_WINDOW = Duration.ofHours(1);
  private static final QueryLimits LIMITS = QueryLimits.of(Duration.ofSeconds(60), 200_000);
  private static final String QUARANTINED =
      """
      SELECT source, reason, count(*) AS events FROM quarantine
      WHERE date_partition >= CAST(? AS DATE) AND received_at > CAST(? AS TIMESTAMPTZ)
      GROUP BY source, reason ORDER BY source, reason\
      """;
  private static final String RHYTHM =
      """
      SELECT source, CAST(floor(epoch(received_at) / 900) AS BIGINT) AS slot, count(*) AS events,
        max(received_at) AS last_at
      FROM webhook_landing
      WHERE date_partition >= CAST(? AS DATE) AND received_at >= CAST(? AS TIMESTAMPTZ)
        AND NOT starts_with(path, ?)
      GROUP BY source, slot\
      """;
  private static final List<String> MEASURES =
      List.of("sent", "delivered", "bounced", "spammed", "unsubscribed");

  /// What we fetched ourselves is no sign of the sender's life.
  private static final String FETCHED = Origin.backfillPath("");

  /// How a source sends, and when it did last.
  record SourceRhythm(Rhythm rhythm, Instant lastEvent) {}

  private final LakeQuestions lake;

  LakeFigures(LakeQuestions lake) {
    this.lake = lake;
  }

  List<Quarantined> quarantined(Instant now) throws IOException {
    Instant from = now.minus(QUARANTINE_WINDOW);
    ResultTable rows =
        lake.ask(QUARANTINED, List.of(day(from).toString(), from.toString()), LIMITS);
    var found = new ArrayList<Quarantined>();
    for (int row = 0; row < rows.rows().size(); row++) {
      found.add(
          new Quarantined(
              text(rows, row, "source"), text(rows, row, "reason"), number(rows, row, "events")));
    }
    return found;
  }

  Map<String, SourceRhythm> rhythms(Instant now, ZoneId zone) throws IOException {
    Instant from = now.minus(Duration.ofDays(7L * Rhythm.WEEKS));
    ResultTable rows =
        lake.ask(RHYTHM, List.of(day(from).toString(), from.toString(), FETCHED), LIMITS);
    if (rows.cutOff()) {
      throw new IOException("there are too many sources to learn how each usually sends");
    }
    var counts = new TreeMap<String, Map<Long, Long>>();
    var last = new HashMap<String, Instant>();
    for (int row = 0; row < rows.rows().size(); row++) {
      String source = text(rows, row, "source");
      counts
          .computeIfAbsent(source, _ -> new HashMap<>())
          .put(number(rows, row, "slot"), number(rows, row, "events"));
      last.merge(source, time(rows, row), (one, other) -> one.isAfter(other) ? one : other);
    }
    var rhythms = new TreeMap<String, SourceRhythm>();
    counts.forEach((source, slots) ->
        rhythms.put(
            source,
            new SourceRhythm(
                Rhythm.of(slots, now, zone), Objects.requireNonNull(last.get(source)))));
    return rhythms;
  }

  /// By the UTC day on which messages were sent, so with what has happened to them since.
  List<ChannelFigures> channels(Instant now) throws IOException {
    LocalDate today = day(now);
    Map<String, Sent> recent = sent(today.minusDays(1), today);
    Map<String, Sent> before = sent(today.minusDays(8), today.minusDays(2));
    return recent.entrySet().stream()
        .map(channel ->
            new ChannelFigures(
                channel.getKey(),
                channel.getValue(),
                before.getOrDefault(channel.getKey(), Sent.NONE)))
        .toList();
  }

  private Map<String, Sent> sent(LocalDate from, LocalDate to) throws IOException {
    MeasureQuestion question =
        MeasureQuestion.of(
            Map.of(
                "measures", MEASURES,
                "dimensions", List.of("channel"),
                "from", List.of(from.toString()),
                "to", List.of(to.toString())),
            to);
    ResultTable rows = lake.measures(question, LIMITS);
    var found = new TreeMap<String, Sent>();
    for (int row = 0; row < rows.rows().size(); row++) {
      found.put(
          text(rows, row, "channel"),
          new Sent(
              number(rows, row, "sent"),
              number(rows, row, "delivered"),
              number(rows, row, "bounced"),
              number(rows, row, "spammed"),
              number(rows, row, "unsubscribed")));
    }
    return found;
  }

  private static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }

  private static String text(ResultTable rows, int row, String column) {
    return String.valueOf(rows.value(row, column));
  }

  private static long number(ResultTable rows, int row, String column) {
    return ((Number) Objects.requireNonNull(rows.value(row, column))).longValue();
  }

  private static Instant time(ResultTable rows, int row) {
    return Instant.parse(text(rows, row, "last_at"));
  }
}
