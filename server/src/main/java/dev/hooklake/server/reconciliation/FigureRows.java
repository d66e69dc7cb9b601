package dev.hooklake.server.reconciliation;

import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.server.reconciliation.Comparison.Compared;
import dev.hooklake.server.reconciliation.Comparison.Gap;
import dev.hooklake.server.reconciliation.HeldEvents.Days;
import dev.hooklake.server.reconciliation.Tally.Cell;
import dev.hooklake.server.reconciliation.Tally.Counts;
import dev.hooklake.server.reconciliation.Tally.ReasonCell;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// Writes what a job found. The newest job's figures of a day take the place of those before, so a
/// second run of the same changes nothing.
final class FigureRows {
  private static final int BATCH = 1_000;
  private static final List<String> TABLES =
      List.of("completeness_days", "completeness_counts", "completeness_reasons");

  private static final String MISSING =
      """
      INSERT INTO missing_events (source, delivery_id, metric, doer, day, occurred_at, channel,
        parent_kind, parent_id, reason, job_id)
      VALUES (:source, :delivery, :metric, :doer, :day, :at, :channel, :kind, :parent, :reason, :job)
      ON CONFLICT (source, job_id, delivery_id, metric, doer) DO UPDATE SET day = excluded.day,
        occurred_at = excluded.occurred_at, reason = excluded.reason\
      """;

  private static final String COUNT =
      """
      INSERT INTO completeness_counts (source, day, channel, metric, parent_kind, parent_id,
        expected, matched, missing, explained, ours)
      VALUES (:source, :day, :channel, :metric, :kind, :parent, :expected, :matched, :missing,
        :explained, :ours)\
      """;

  private final Handle handle;
  private final HistoryJob job;

  /// Within one transaction.
  FigureRows(Handle handle, HistoryJob job) {
    this.handle = handle;
    this.job = job;
  }

  /// Forgets what this job listed before it was killed, some of which may have come since.
  void begin() {
    handle
        .createUpdate("DELETE FROM missing_events WHERE source = :source AND job_id = :job")
        .bind("source", job.source())
        .bind("job", job.id())
        .execute();
  }

  /// Lists gaps of these messages, at most `room` of them; how many it listed.
  int list(List<Compared> messages, int room) {
    int listed = 0;
    try (PreparedBatch batch = handle.prepareBatch(MISSING)) {
      for (Compared compared : messages) {
        for (Gap gap : compared.gaps()) {
          if (gap.reason().isMissing() && listed < room) {
            bind(batch, compared.message(), gap);
            listed++;
            executeFull(batch);
          }
        }
      }
      execute(batch);
    }
    return listed;
  }

  private void bind(PreparedBatch batch, ListedMessage message, Gap gap) {
    batch
        .bind("source", job.source())
        .bind("delivery", message.deliveryId())
        .bind("metric", gap.fact().metric())
        .bind("doer", gap.fact().doer().label())
        .bind("day", gap.fact().day().toEpochDay())
        .bind("at", EpochMicros.of(gap.fact().at()))
        .bind("channel", message.channel().label())
        .bind("kind", message.parent().kind())
        .bind("parent", message.parent().id())
        .bind("reason", gap.reason().label())
        .bind("job", job.id())
        .add();
  }

  /// Takes the place of all earlier figures of the days, and forgets gaps that are none any more.
  void replace(Days days, Tally tally, Instant now) {
    for (String table : TABLES) {
      delete(table, days, "");
    }
    delete("missing_events", days, " AND job_id <> :job");
    for (LocalDate day = days.from(); !day.isAfter(days.to()); day = day.plusDays(1)) {
      day(day, tally.days().getOrDefault(day, Counts.NONE), now);
    }
    counts(tally.cells());
    reasons(tally.reasons());
  }

  private void delete(String table, Days days, String further) {
    handle
        .createUpdate(
            "DELETE FROM "
                + table
                + " WHERE source = :source AND day BETWEEN :from AND :to"
                + further)
        .bind("source", job.source())
        .bind("from", days.from().toEpochDay())
        .bind("to", days.to().toEpochDay())
        .bind("job", job.id())
        .execute();
  }

  private void day(LocalDate day, Counts counts, Instant now) {
    handle
        .createUpdate(
            "INSERT INTO completeness_days (source, day, expected, matched, missing, explained,"
                + " job_id, checked_at) VALUES (:source, :day, :expected, :matched, :missing,"
                + " :explained, :job, :now)")
        .bind("source", job.source())
        .bind("day", day.toEpochDay())
        .bind("expected", counts.expected())
        .bind("matched", counts.matched())
        .bind("missing", counts.missing())
        .bind("explained", counts.explained())
        .bind("job", job.id())
        .bind("now", EpochMicros.of(now))
        .execute();
  }

  private void counts(Map<Cell, Counts> cells) {
    try (PreparedBatch batch = handle.prepareBatch(COUNT)) {
      cells.forEach((cell, counts) -> {
        batch
            .bind("source", job.source())
            .bind("day", cell.day().toEpochDay())
            .bind("channel", cell.channel())
            .bind("metric", cell.metric())
            .bind("kind", cell.parent().kind())
            .bind("parent", cell.parent().id())
            .bind("expected", counts.expected())
            .bind("matched", counts.matched())
            .bind("missing", counts.missing())
            .bind("explained", counts.explained())
            .bind("ours", counts.ours())
            .add();
        executeFull(batch);
      });
      execute(batch);
    }
  }

  private void reasons(Map<ReasonCell, Long> reasons) {
    try (PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO completeness_reasons (source, day, metric, reason, events)"
                + " VALUES (:source, :day, :metric, :reason, :events)")) {
      reasons.forEach((cell, events) -> {
        batch
            .bind("source", job.source())
            .bind("day", cell.day().toEpochDay())
            .bind("metric", cell.metric())
            .bind("reason", cell.reason().label())
            .bind("events", events)
            .add();
        executeFull(batch);
      });
      execute(batch);
    }
  }

  /// The provider's counts of these days and ours beside them.
  void reported(Days days, List<Figures.ReportedCount> counts) {
    delete("reported_counts", days, "");
    try (PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO reported_counts (source, zone, day, parent_kind, parent_id, metric,"
                + " reported, ours) VALUES (:source, :zone, :day, :kind, :parent, :metric,"
                + " :reported, :ours)")) {
      for (Figures.ReportedCount count : counts) {
        batch
            .bind("source", job.source())
            .bind("zone", count.zone())
            .bind("day", count.day().toEpochDay())
            .bind("kind", count.parent().kind())
            .bind("parent", count.parent().id())
            .bind("metric", count.metric())
            .bind("reported", count.reported())
            .bind("ours", count.ours())
            .add();
        executeFull(batch);
      }
      execute(batch);
    }
  }

  private static void executeFull(PreparedBatch batch) {
    if (batch.size() >= BATCH) {
      batch.execute();
    }
  }

  private static void execute(PreparedBatch batch) {
    if (batch.size() > 0) {
      batch.execute();
    }
  }
}
