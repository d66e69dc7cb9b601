package dev.hooklake.server.console;

import dev.hooklake.server.analytics.LakeQuestions;
import dev.hooklake.server.analytics.QueryLimits;
import dev.hooklake.server.analytics.ResultTable;
import dev.hooklake.server.console.QuarantineCounts.QuarantineGroup;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is authentic but not understood: grouped by reason, looked into, replayed.
public final class QuarantinePages implements ConsolePages {
  private static final int MOST = 100;
  private static final String EVENTS =
      "SELECT source, event_key, message, received_at FROM quarantine"
          + " WHERE source = ? AND reason = ? ORDER BY received_at DESC";

  private final QuarantineCounts counts;
  private final LakeQuestions lake;

  public QuarantinePages(QuarantineCounts counts, LakeQuestions lake) {
    this.counts = counts;
    this.lake = lake;
  }

  @Override
  public Optional<NavItem> navigation() {
    return Optional.of(
        new NavItem(NavGroup.TRUST, "Quarantine", "/quarantine", 'q', counts::lastTotal));
  }

  @Override
  public List<PageRoute> routes() {
    return List.of(
        PageRoute.get("/quarantine", this::page),
        PageRoute.get("/quarantine/events", this::events));
  }

  private PageReply page(PageRequest request) throws IOException {
    return PageReply.page(
        "Quarantine",
        "quarantine.jte",
        new Model(counts.groups(), counts.total(), request.byOperator()));
  }

  private PageReply events(PageRequest request) throws IOException {
    ResultTable rows =
        lake.ask(
            EVENTS,
            List.of(request.query("source"), request.query("reason")),
            QueryLimits.of(QueryLimits.PAGE.time(), MOST));
    var events = new ArrayList<Held>();
    for (int row = 0; row < rows.rows().size(); row++) {
      events.add(
          new Held(
              String.valueOf(rows.value(row, "source")),
              String.valueOf(rows.value(row, "event_key")),
              String.valueOf(rows.value(row, "message")),
              Instant.parse(String.valueOf(rows.value(row, "received_at")))));
    }
    return PageReply.fragment("quarantineEvents.jte", new HeldEvents(events, rows.cutOff()));
  }

  /// The page; `total` counts all groups.
  public record Model(List<QuarantineGroup> groups, long total, boolean operator) {

    /// The first instant after a group's last event, for a replay of all of it.
    public Instant after(QuarantineGroup group) {
      return group.lastAt().plus(Duration.ofMillis(1));
    }
  }

  /// One event in quarantine.
  public record Held(String source, String key, String message, Instant receivedAt) {}

  /// The newest of a group.
  public record HeldEvents(List<Held> events, boolean cutOff) {
    public HeldEvents {
      events = List.copyOf(events);
    }
  }
}
