package dev.hooklake.server.cli;

import dev.hooklake.lake.LakeReader;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.server.analytics.LakeSql;
import dev.hooklake.server.analytics.ResultReader;
import dev.hooklake.server.analytics.SqlLimits;
import dev.hooklake.sources.event.Channel;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The sum at the end of a demonstration, counted in the tables themselves.
///
/// @param accepted what the server says that it has accepted
/// @param sources what is in the tables, source by source
record DemoBalance(Accepted accepted, List<OfSource> sources) {
  private static final SqlLimits LIMITS = new SqlLimits(1, 512);
  private static final String COUNTS =
      """
      WITH typed AS (%s),
      typed_counts AS (SELECT source, count(*) AS n FROM typed GROUP BY source),
      aside AS (SELECT source, count(*) AS n FROM quarantine GROUP BY source),
      ours AS (SELECT source, count(*) AS n FROM lead_events
        WHERE object_type = 'lead_enrichment' GROUP BY source)
      SELECT landing.source, count(*), count(DISTINCT landing.event_key),
        coalesce(any_value(typed_counts.n), 0), coalesce(any_value(aside.n), 0),
        coalesce(any_value(ours.n), 0)
      FROM webhook_landing AS landing
      LEFT JOIN typed_counts ON typed_counts.source = landing.source
      LEFT JOIN aside ON aside.source = landing.source
      LEFT JOIN ours ON ours.source = landing.source
      GROUP BY landing.source ORDER BY landing.source\
      """
          .formatted(
              Arrays.stream(Channel.values())
                  .map(channel -> "SELECT source FROM " + channel.table().name())
                  .collect(Collectors.joining(" UNION ALL ")));

  /// @param ever since the journal was made, from providers and of our own
  /// @param bySource from providers, since the server started
  record Accepted(long ever, Map<String, Long> bySource) {
    Accepted {
      bySource = Map.copyOf(bySource);
    }

    /// Whether the journal is no older than the server, so that both count the same.
    ///
    /// @param ours events of our own
    boolean sinceTheBeginning(long ours) {
      return bySource.values().stream().mapToLong(Long::longValue).sum() + ours == ever;
    }
  }

  /// One source's rows.
  ///
  /// @param landedKeys different events in landing
  /// @param ours events of our own: how enrichments ended
  record OfSource(
      String source, long landed, long landedKeys, long typed, long quarantined, long ours) {
    boolean isRight() {
      return landed == landedKeys && landed == typed + quarantined;
    }
  }

  DemoBalance {
    sources = List.copyOf(sources);
  }

  static DemoBalance count(LakeSettings lake, Accepted accepted) throws IOException {
    var counts = new Counts();
    try (LakeSql sql = LakeSql.open(LakeReader.open(lake), LIMITS)) {
      sql.query(COUNTS, List.of(), counts);
    }
    return new DemoBalance(accepted, counts.sources);
  }

  boolean isRight() {
    return accepted.ever() == landed() && sources.stream().allMatch(this::isRight);
  }

  private boolean isRight(OfSource one) {
    long accepted = this.accepted.bySource().getOrDefault(one.source(), 0L);
    return one.isRight()
        && (!this.accepted.sinceTheBeginning(ours()) || accepted + one.ours() == one.landed());
  }

  private long landed() {
    return sources.stream().mapToLong(OfSource::landed).sum();
  }

  private long ours() {
    return sources.stream().mapToLong(OfSource::ours).sum();
  }

  void print(PrintWriter out) {
    sources.forEach(one -> print(one, out));
    if (ours() > 0) {
      out.printf(
          Locale.ROOT,
          "%,d from providers + %,d about how enrichments ended = %,d accepted%n",
          accepted.ever() - ours(),
          ours(),
          accepted.ever());
    }
    out.printf(
        Locale.ROOT,
        "%,d accepted = %,d landed = %,d in channel tables + %,d in quarantine: %s%n",
        accepted.ever(),
        landed(),
        sources.stream().mapToLong(OfSource::typed).sum(),
        sources.stream().mapToLong(OfSource::quarantined).sum(),
        isRight() ? "right" : "WRONG");
    if (accepted.ever() > landed()) {
      out.printf(
          Locale.ROOT,
          "%,d are in the journal and land when a server starts on this data directory%n",
          accepted.ever() - landed());
    }
    out.flush();
  }

  private void print(OfSource one, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%-12s %,d landed = %,d in channel tables + %,d in quarantine: %s%n",
        one.source(),
        one.landed(),
        one.typed(),
        one.quarantined(),
        isRight(one) ? "right" : "WRONG");
    if (one.landed() != one.landedKeys()) {
      out.printf(Locale.ROOT, "%,d rows of landing are doubled%n", one.landed() - one.landedKeys());
    }
  }

  private static final class Counts implements ResultReader {
    private final List<OfSource> sources = new ArrayList<>();

    @Override
    public void columns(List<String> names) {}

    @Override
    public void row(List<@Nullable Object> values) {
      sources.add(
          new OfSource(
              String.valueOf(values.getFirst()),
              count(values, 1),
              count(values, 2),
              count(values, 3),
              count(values, 4),
              count(values, 5)));
    }

    private static long count(List<@Nullable Object> values, int column) {
      return values.get(column) instanceof Number count ? count.longValue() : 0;
    }

    @Override
    public void end() {}
  }
}
