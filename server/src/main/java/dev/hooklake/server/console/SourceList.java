package dev.hooklake.server.console;

import dev.hooklake.server.analytics.LakeQuestions;
import dev.hooklake.server.analytics.QueryLimits;
import dev.hooklake.server.analytics.ResultTable;
import dev.hooklake.server.intake.SourceCounts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The configured sources with what has come from each.
public final class SourceList {
  private static final Duration MEMORY = Duration.ofSeconds(10);
  private static final int DAYS_BACK = 31;
  private static final String LANDED =
      """
      SELECT source, max(received_at) AS last_at,
        count(*) FILTER (WHERE received_at >= CAST(? AS TIMESTAMPTZ)) AS today
      FROM webhook_landing WHERE date_partition >= CAST(? AS DATE) GROUP BY source\
      """;

  /// One source.
  ///
  /// @param lastAt null when nothing came within a month
  /// @param today landed within 24 hours; -1 until the lake has been asked
  public record Line(
      ShownSource info,
      @Nullable Instant lastAt,
      long today,
      long badSignatures,
      long rejected,
      long duplicates) {

    public String state() {
      if (!info.verified()) {
        return "unverified";
      }
      return lastAt == null ? "waiting" : badSignatures > 0 ? "bad signatures" : "healthy";
    }

    public String kind() {
      return switch (state()) {
        case "healthy" -> "good";
        case "waiting" -> "info";
        default -> "warn";
      };
    }
  }

  /// What the tables say of a source.
  private record Landed(Instant lastAt, long today) {}

  private final List<ShownSource> sources;
  private final Supplier<List<SourceCounts>> counts;
  private final LiveFeed live;
  private final Remembered<String, Map<String, Landed>> landed;

  public SourceList(
      List<ShownSource> sources,
      Supplier<List<SourceCounts>> counts,
      LiveFeed live,
      LakeQuestions lake,
      InstantSource clock) {
    this.sources = List.copyOf(sources);
    this.counts = counts;
    this.live = live;
    this.landed = new Remembered<>(MEMORY, clock, _ -> ask(lake, clock.instant()));
  }

  List<ShownSource> infos() {
    return sources;
  }

  List<Line> lines() {
    Map<String, SourceCounts> byName =
        counts.get().stream().collect(Collectors.toMap(SourceCounts::source, Function.identity()));
    Map<String, Landed> known = landed.peek("");
    return sources.stream().map(source -> line(source, byName.get(source.name()), known)).toList();
  }

  private Line line(
      ShownSource source, @Nullable SourceCounts count, @Nullable Map<String, Landed> known) {
    Landed there = known == null ? null : known.get(source.name());
    Instant lastLanded = there == null ? null : there.lastAt();
    return new Line(
        source,
        later(lastLanded, live.lastOf(source.name())),
        known == null ? -1 : there == null ? 0 : there.today(),
        count == null ? 0 : SourceFigures.badSignatures(count),
        count == null ? 0 : SourceFigures.rejected(count),
        count == null ? 0 : count.duplicates());
  }

  private static Map<String, Landed> ask(LakeQuestions lake, Instant now) throws IOException {
    ResultTable rows =
        lake.ask(
            LANDED,
            List.of(
                now.minus(Duration.ofHours(24)).toString(),
                LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(DAYS_BACK).toString()),
            QueryLimits.PAGE);
    var found = new HashMap<String, Landed>();
    for (int row = 0; row < rows.rows().size(); row++) {
      found.put(
          String.valueOf(rows.value(row, "source")),
          new Landed(
              Instant.parse(String.valueOf(rows.value(row, "last_at"))),
              ((Number) Objects.requireNonNull(rows.value(row, "today"))).longValue()));
    }
    return Map.copyOf(found);
  }

  private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isAfter(other) ? one : other;
  }
}
