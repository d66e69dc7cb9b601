package dev.hooklake.server.replay;

import dev.hooklake.server.analytics.LakeSql;
import dev.hooklake.server.analytics.ResultReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cuts a range of the landing table into windows that fit in memory: each holds about the same
/// number of rows, and rows of one instant are never parted.
final class LandingWindows {
  private static final int WINDOW_ROWS = 10_000;

  private LandingWindows() {}

  static List<ReplayRange> of(LakeSql lake, ReplayRange range) {
    List<Instant> starts = starts(lake, range);
    List<ReplayRange> windows = new ArrayList<>(starts.size());
    for (int i = 0; i < starts.size(); i++) {
      Instant end = i + 1 < starts.size() ? starts.get(i + 1) : range.to();
      windows.add(range.within(starts.get(i), end));
    }
    return windows;
  }

  private static List<Instant> starts(LakeSql lake, ReplayRange range) {
    var starts = new ArrayList<Instant>();
    lake.query(
        """
        SELECT DISTINCT received_at FROM (
          SELECT received_at, row_number() OVER (ORDER BY received_at) AS place
          FROM webhook_landing WHERE %s)
        WHERE place %% %d = 1 ORDER BY received_at\
        """
            .formatted(range.condition("event_key"), WINDOW_ROWS),
        range.values(),
        new FirstColumn(starts));
    return starts;
  }

  private record FirstColumn(List<Instant> instants) implements ResultReader {
    @Override
    public void columns(List<String> names) {}

    @Override
    public void row(List<@Nullable Object> values) {
      instants.add(Instant.parse(String.valueOf(values.getFirst())));
    }

    @Override
    public void end() {}
  }
}
