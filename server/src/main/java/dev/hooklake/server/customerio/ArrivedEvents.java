package dev.hooklake.server.customerio;

import dev.hooklake.providers.customerio.EventNames;
import dev.hooklake.server.analytics.LakeQuestions;
import dev.hooklake.server.analytics.QueryLimits;
import dev.hooklake.server.analytics.ResultTable;
import dev.hooklake.sources.event.Channel;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How many events of a source came in, by the names of subscriptions. What was fetched did not
/// arrive.
public final class ArrivedEvents {
  private static final QueryLimits LIMITS = QueryLimits.of(Duration.ofMinutes(1), 10_000);

  private static final String SQL =
      "WITH asked AS (SELECT CAST(? AS VARCHAR) AS source, CAST(? AS TIMESTAMPTZ) AS since)"
          + " SELECT object_type, metric, count(*) AS arrived FROM ("
          + Arrays.stream(Channel.values())
              .map(ArrivedEvents::ofChannel)
              .collect(Collectors.joining(" UNION ALL "))
          + ") GROUP BY object_type, metric";

  private ArrivedEvents() {}

  private static String ofChannel(Channel channel) {
    return "SELECT object_type, metric FROM "
        + channel.table().name()
        + " WHERE source = (SELECT source FROM asked)"
        + " AND received_at >= (SELECT since FROM asked)"
        + " AND coalesce(origin, 'webhook') <> 'backfill'";
  }

  /// Counts them.
  ///
  /// @param since the first UTC day that counts
  public static Map<String, Long> count(LakeQuestions lake, String source, LocalDate since)
      throws IOException {
    ResultTable table = lake.ask(SQL, List.of(source, since + "T00:00:00Z"), LIMITS);
    var byName = new TreeMap<String, Long>();
    for (int row = 0; row < table.rows().size(); row++) {
      String name =
          EventNames.of(
              String.valueOf(table.value(row, "object_type")),
              String.valueOf(table.value(row, "metric")));
      long count = table.value(row, "arrived") instanceof Number number ? number.longValue() : 0;
      byName.merge(name, count, Long::sum);
    }
    return byName;
  }
}
