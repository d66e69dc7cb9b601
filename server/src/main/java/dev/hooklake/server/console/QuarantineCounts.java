package dev.hooklake.server.console;

import dev.hooklake.server.analytics.LakeQuestions;
import dev.hooklake.server.analytics.QueryLimits;
import dev.hooklake.server.analytics.ResultTable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is in quarantine, by source and reason.
public final class QuarantineCounts {
  private static final Duration MEMORY = Duration.ofSeconds(5);
  private static final String GROUPS =
      "SELECT source, reason, any_value(message) AS message, count(*) AS events,"
          + " min(received_at) AS first_at, max(received_at) AS last_at"
          + " FROM quarantine GROUP BY source, reason ORDER BY events DESC, source, reason";

  /// One reason of one source.
  public record QuarantineGroup(
      String source, String reason, String message, long events, Instant firstAt, Instant lastAt) {

    public String words() {
      return reason.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  private final Remembered<String, List<QuarantineGroup>> groups;
  private volatile long lastTotal;

  public QuarantineCounts(LakeQuestions lake, InstantSource clock) {
    this.groups = new Remembered<>(MEMORY, clock, _ -> count(lake));
  }

  List<QuarantineGroup> groups() throws IOException {
    return groups.get("");
  }

  long total() throws IOException {
    return groups().stream().mapToLong(QuarantineGroup::events).sum();
  }

  /// What was counted last, without asking.
  public long lastTotal() {
    return lastTotal;
  }

  /// The same without waiting for the lake; null until it has been counted once.
  @Nullable List<QuarantineGroup> lastGroups() {
    return groups.peek("");
  }

  private List<QuarantineGroup> count(LakeQuestions lake) throws IOException {
    ResultTable rows = lake.ask(GROUPS, List.of(), QueryLimits.PAGE);
    var found = new ArrayList<QuarantineGroup>();
    for (int row = 0; row < rows.rows().size(); row++) {
      found.add(
          new QuarantineGroup(
              text(rows, row, "source"),
              text(rows, row, "reason"),
              text(rows, row, "message"),
              ((Number) Objects.requireNonNull(rows.value(row, "events"))).longValue(),
              Instant.parse(text(rows, row, "first_at")),
              Instant.parse(text(rows, row, "last_at"))));
    }
    lastTotal = found.stream().mapToLong(QuarantineGroup::events).sum();
    return List.copyOf(found);
  }

  private static String text(ResultTable rows, int row, String column) {
    return String.valueOf(rows.value(row, column));
  }
}
