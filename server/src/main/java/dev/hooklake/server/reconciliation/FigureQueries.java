package dev.hooklake.server.reconciliation;

import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.reconciliation.Figures.Count;
import dev.hooklake.server.reconciliation.Figures.Day;
import dev.hooklake.server.reconciliation.Figures.MissingEvent;
import dev.hooklake.server.reconciliation.Figures.Newest;
import dev.hooklake.server.reconciliation.Figures.ReasonCount;
import dev.hooklake.server.reconciliation.Figures.Report;
import dev.hooklake.server.reconciliation.Figures.ReportedCount;
import dev.hooklake.server.reconciliation.Figures.Standing;
import dev.hooklake.server.reconciliation.HeldEvents.Days;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/// Reads what reconciliations found: for the admin API, the console and alerts.
public final class FigureQueries {
  public static final int MOST_ROWS = 10_000;
  private static final int STANDING_DAYS = 7;

  private final OperationsDatabase database;

  public FigureQueries(OperationsDatabase database) {
    this.database = database;
  }

  /// The newest figure of each day that was ever checked, the newest day first.
  public List<Day> days(String source, LocalDate from, LocalDate to) {
    return database.read(handle -> days(handle, source, new Days(from, to)).rows());
  }

  /// The newest figure of each day from then on, of every source.
  public List<Day> since(LocalDate from) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT * FROM completeness_days WHERE day >= :from"
                    + " ORDER BY day DESC, source LIMIT :limit")
            .bind("from", from.toEpochDay())
            .bind("limit", MOST_ROWS)
            .map(FigureQueries::day)
            .list());
  }

  /// What the newest checks came to.
  public Standing standing(String source) {
    return database.read(handle -> {
      List<Day> newest =
          handle
              .createQuery(
                  "SELECT * FROM completeness_days WHERE source = :source"
                      + " ORDER BY day DESC LIMIT :most")
              .bind("source", source)
              .bind("most", STANDING_DAYS)
              .map(FigureQueries::day)
              .list();
      return new Standing(
          newest.stream().mapToLong(Day::matched).sum(),
          newest.stream().mapToLong(Day::missing).sum(),
          newest.stream()
              .filter(day -> day.missing() > 0)
              .map(Day::day)
              .min(LocalDate::compareTo)
              .orElse(null),
          newest.stream().map(Day::checkedAt).max(Instant::compareTo).orElse(null),
          HistoryJobRows.lastFailure(handle, source));
    });
  }

  /// Counts that differ from the provider's, all reasons, and the provider's own counts; of each at
  /// most [#MOST_ROWS].
  public Report report(String source, LocalDate from, LocalDate to) {
    var days = new Days(from, to);
    return database.read(handle ->
        new Report(
            days(handle, source, days),
            rows(
                handle,
                "completeness_counts",
                "expected <> matched OR ours <> expected",
                source,
                days,
                FigureQueries::count),
            rows(handle, "completeness_reasons", "1 = 1", source, days, FigureQueries::reason),
            rows(handle, "reported_counts", "1 = 1", source, days, FigureQueries::reported)));
  }

  /// Events that are missing, in the order they happened.
  public List<MissingEvent> missing(String source, LocalDate from, LocalDate to, Page page) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT m.* FROM missing_events AS m JOIN completeness_days AS d"
                    + " ON d.source = m.source AND d.day = m.day AND d.job_id = m.job_id"
                    + " WHERE m.source = :source AND m.day BETWEEN :from AND :to"
                    + " ORDER BY m.occurred_at, m.delivery_id, m.metric, m.doer"
                    + " LIMIT :limit OFFSET :after")
            .bind("source", source)
            .bind("from", from.toEpochDay())
            .bind("to", to.toEpochDay())
            .bind("limit", page.limit())
            .bind("after", page.after())
            .map((row, _) -> missing(row))
            .list());
  }

  /// A piece of a list: how many to pass over, and at most how many.
  public record Page(int after, int limit) {
    public Page {
      if (after < 0 || limit < 1 || limit > MOST_ROWS) {
        throw new IllegalArgumentException("give a limit of 1 to " + MOST_ROWS);
      }
    }
  }

  private static Newest<Day> days(Handle handle, String source, Days days) {
    return rows(handle, "completeness_days", "1 = 1", source, days, FigureQueries::day);
  }

  private static Day day(ResultSet row, Object context) throws SQLException {
    return new Day(
        row.getString("source"),
        LocalDate.ofEpochDay(row.getLong("day")),
        row.getLong("expected"),
        row.getLong("matched"),
        row.getLong("missing"),
        row.getLong("explained"),
        row.getString("job_id"),
        EpochMicros.instant(row.getLong("checked_at")));
  }

  private static <T> Newest<T> rows(
      Handle handle,
      String table,
      String condition,
      String source,
      Days days,
      RowMapper<T> mapper) {
    List<T> rows =
        handle
            .createQuery(
                "SELECT * FROM "
                    + table
                    + " WHERE source = :source AND day BETWEEN :from AND :to AND ("
                    + condition
                    + ") ORDER BY day DESC LIMIT :limit")
            .bind("source", source)
            .bind("from", days.from().toEpochDay())
            .bind("to", days.to().toEpochDay())
            .bind("limit", MOST_ROWS + 1)
            .map(mapper)
            .list();
    return Newest.of(rows, MOST_ROWS);
  }

  private static Count count(ResultSet row, Object context) throws SQLException {
    return new Count(
        LocalDate.ofEpochDay(row.getLong("day")),
        row.getString("channel"),
        row.getString("metric"),
        parent(row),
        row.getLong("expected"),
        row.getLong("matched"),
        row.getLong("missing"),
        row.getLong("explained"),
        row.getLong("ours"));
  }

  private static ReasonCount reason(ResultSet row, Object context) throws SQLException {
    return new ReasonCount(
        LocalDate.ofEpochDay(row.getLong("day")),
        row.getString("metric"),
        row.getString("reason"),
        row.getLong("events"));
  }

  private static ReportedCount reported(ResultSet row, Object context) throws SQLException {
    return new ReportedCount(
        row.getString("zone"),
        LocalDate.ofEpochDay(row.getLong("day")),
        parent(row),
        row.getString("metric"),
        row.getLong("reported"),
        row.getLong("ours"));
  }

  private static MissingEvent missing(ResultSet row) throws SQLException {
    return new MissingEvent(
        LocalDate.ofEpochDay(row.getLong("day")),
        row.getString("delivery_id"),
        row.getString("channel"),
        row.getString("metric"),
        row.getString("doer"),
        parent(row),
        EpochMicros.instant(row.getLong("occurred_at")),
        row.getString("reason"));
  }

  private static Parent parent(ResultSet row) throws SQLException {
    return new Parent(row.getString("parent_kind"), row.getLong("parent_id"));
  }
}
