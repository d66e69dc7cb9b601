package dev.hooklake.server.console;

import dev.hooklake.server.analytics.LakeQuestions;
import dev.hooklake.server.analytics.QueryLimits;
import dev.hooklake.server.analytics.ResultTable;
import dev.hooklake.server.console.Chart.Series;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How many events have landed of each source over time, from the landing table.
final class Traffic {
  private static final Duration MEMORY = Duration.ofSeconds(10);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final String COUNTS =
      """
      SELECT source, CAST(floor(epoch(received_at) / ?::BIGINT) AS BIGINT) AS slot, count(*) AS events
      FROM webhook_landing
      WHERE date_partition >= CAST(? AS DATE) AND received_at >= CAST(? AS TIMESTAMPTZ)
      GROUP BY ALL ORDER BY ALL\
      """;

  private final LakeQuestions lake;
  private final InstantSource clock;
  private final Remembered<Range, Chart> charts;

  Traffic(LakeQuestions lake, InstantSource clock) {
    this.lake = lake;
    this.clock = clock;
    this.charts = new Remembered<>(MEMORY, clock, this::count);
  }

  /// A line a source; no series where nothing came; null until it has been counted.
  @Nullable Chart chart(Range range) {
    return charts.peek(range);
  }

  private Chart count(Range range) throws IOException {
    Instant now = clock.instant();
    Instant from = now.minus(range.length());
    long bucket = range.bucket().toSeconds();
    ResultTable counts =
        lake.ask(
            COUNTS,
            List.of(
                String.valueOf(bucket),
                LocalDate.ofInstant(from, ZoneOffset.UTC).toString(),
                from.toString()),
            QueryLimits.PAGE);
    long first = from.getEpochSecond() / bucket;
    int slots = Math.toIntExact(now.getEpochSecond() / bucket - first + 1);
    return new Chart("area", "", false, labels(range, first, slots), series(counts, first, slots));
  }

  private static List<String> labels(Range range, long first, int slots) {
    DateTimeFormatter form = range.length().toHours() <= 24 ? CLOCK : DAY;
    var labels = new ArrayList<String>(slots);
    for (int i = 0; i < slots; i++) {
      labels.add(form.format(Instant.ofEpochSecond((first + i) * range.bucket().toSeconds())));
    }
    return labels;
  }

  private static List<Series> series(ResultTable counts, long first, int slots) {
    var bySource = new TreeMap<String, Long[]>();
    for (int row = 0; row < counts.rows().size(); row++) {
      String source = String.valueOf(counts.value(row, "source"));
      int slot = Math.toIntExact(number(counts, row, "slot") - first);
      if (slot >= 0 && slot < slots) {
        Long[] values = bySource.computeIfAbsent(source, _ -> zeros(slots));
        values[slot] = number(counts, row, "events");
      }
    }
    return bySource.entrySet().stream()
        .map(source -> new Series(SourceName.of(source.getKey()), List.of(source.getValue())))
        .toList();
  }

  private static long number(ResultTable table, int row, String column) {
    return ((Number) Objects.requireNonNull(table.value(row, column))).longValue();
  }

  private static Long[] zeros(int slots) {
    var zeros = new Long[slots];
    java.util.Arrays.fill(zeros, 0L);
    return zeros;
  }
}
