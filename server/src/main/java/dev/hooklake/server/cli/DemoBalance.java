package dev.hooklake.server.cli;

import dev.hooklake.lake.LakeReader;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.server.analytics.LakeSql;
import dev.hooklake.server.analytics.ResultReader;
import dev.hooklake.server.analytics.SqlLimits;
import dev.hooklake.sources.event.Channel;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The sum at the end of a demonstration, counted in the tables themselves.
///
/// @param accepted events the server has accepted since its journal was made
/// @param landed rows in landing
/// @param landedKeys different events in landing
/// @param typed rows in all channel tables
/// @param quarantined rows in quarantine
record DemoBalance(long accepted, long landed, long landedKeys, long typed, long quarantined) {
  private static final SqlLimits LIMITS = new SqlLimits(1, 512);
  private static final String COUNTS =
      "SELECT count(*), count(DISTINCT (source, event_key)), (SELECT count(*) FROM quarantine), "
          + Arrays.stream(Channel.values())
              .map(channel -> "(SELECT count(*) FROM " + channel.table().name() + ")")
              .collect(Collectors.joining(" + "))
          + " FROM webhook_landing";

  static DemoBalance count(LakeSettings lake, long accepted) throws IOException {
    var counts = new Counts();
    try (LakeSql sql = LakeSql.open(LakeReader.open(lake), LIMITS)) {
      sql.query(COUNTS, List.of(), counts);
    }
    return new DemoBalance(accepted, counts.at(0), counts.at(1), counts.at(3), counts.at(2));
  }

  boolean isRight() {
    return accepted == landed && landed == landedKeys && landed == typed + quarantined;
  }

  void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%,d accepted = %,d landed = %,d in channel tables + %,d in quarantine: %s%n",
        accepted,
        landed,
        typed,
        quarantined,
        isRight() ? "right" : "WRONG");
    if (accepted > landed) {
      out.printf(
          Locale.ROOT,
          "%,d are in the journal and land when a server starts on this data directory%n",
          accepted - landed);
    }
    if (landed != landedKeys) {
      out.printf(Locale.ROOT, "%,d rows of landing are doubled%n", landed - landedKeys);
    }
    out.flush();
  }

  private static final class Counts implements ResultReader {
    private List<@Nullable Object> values = List.of();

    long at(int column) {
      return values.get(column) instanceof Number count ? count.longValue() : 0;
    }

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
