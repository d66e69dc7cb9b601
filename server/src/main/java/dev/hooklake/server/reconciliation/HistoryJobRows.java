package dev.hooklake.server.reconciliation;

import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.reconciliation.HeldEvents.Days;
import dev.hooklake.server.reconciliation.HistoryJob.Kind;
import dev.hooklake.server.reconciliation.HistoryJob.Progress;
import dev.hooklake.server.reconciliation.HistoryJob.State;
import dev.hooklake.server.reconciliation.HistoryJob.Times;
import dev.hooklake.sources.event.Channel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Jobs in the operations database. Those that ended are kept up to a number.
final class HistoryJobRows {
  private static final int KEPT = 1_000;

  private static final String STORE =
      """
      INSERT INTO history_jobs (id, kind, source, from_day, to_day, dry_run, asked_by, state,
        created_at, started_at, ended_at, done_day, checking, listed, expected, matched, missing, explained,
        filled, requests, note, failure, export_of, export_of_id, export_channel, export_id)
      VALUES (:id, :kind, :source, :from, :to, :dryRun, :askedBy, :state,
        :created, :started, :ended, :done, :checking, :listed, :expected, :matched, :missing, :explained,
        :filled, :requests, :note, :failure, :exportOf, :exportOfId, :exportChannel, :exportId)
      ON CONFLICT (id) DO UPDATE SET state = excluded.state, started_at = excluded.started_at,
        ended_at = excluded.ended_at, done_day = excluded.done_day, checking = excluded.checking, listed = excluded.listed,
        expected = excluded.expected, matched = excluded.matched, missing = excluded.missing,
        explained = excluded.explained, filled = excluded.filled, requests = excluded.requests,
        note = excluded.note, failure = excluded.failure, export_id = excluded.export_id\
      """;

  private static final String FORGET =
      """
      DELETE FROM history_jobs WHERE ended_at IS NOT NULL AND created_at < (
        SELECT min(created_at) FROM (
          SELECT created_at FROM history_jobs ORDER BY created_at DESC LIMIT :kept) AS newest)\
      """;

  private static final String NOT_ENDED = "state IN ('waiting', 'running')";

  private final OperationsDatabase database;

  HistoryJobRows(OperationsDatabase database) {
    this.database = database;
  }

  void store(HistoryJob job) {
    database.change(handle -> store(handle, job));
  }

  private static void store(Handle handle, HistoryJob job) {
    Progress progress = job.progress();
    Times times = job.times();
    ExportPart export = job.export();
    handle
        .createUpdate(STORE)
        .bind("id", job.id())
        .bind("kind", job.kind().label())
        .bind("source", job.source())
        .bind("from", job.days().from().toEpochDay())
        .bind("to", job.days().to().toEpochDay())
        .bind("dryRun", job.dryRun() ? 1 : 0)
        .bind("askedBy", job.askedBy())
        .bind("state", job.state().label())
        .bind("created", EpochMicros.of(times.createdAt()))
        .bind("started", micros(times.startedAt()))
        .bind("ended", micros(times.endedAt()))
        .bind("done", day(job.doneDay()))
        .bind("checking", job.checking() ? 1 : 0)
        .bind("listed", progress.listed())
        .bind("expected", progress.expected())
        .bind("matched", progress.matched())
        .bind("missing", progress.missing())
        .bind("explained", progress.explained())
        .bind("filled", progress.filled())
        .bind("requests", progress.requests())
        .bind("note", job.note())
        .bind("failure", job.failure())
        .bind("exportOf", export == null ? null : export.of().label())
        .bind("exportOfId", export == null ? null : (Long) export.id())
        .bind("exportChannel", export == null ? null : label(export.channel()))
        .bind("exportId", export == null ? null : export.exportId())
        .execute();
    if (job.ended()) {
      handle.createUpdate(FORGET).bind("kept", KEPT).execute();
    }
  }

  Optional<HistoryJob> find(String id) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM history_jobs WHERE id = :id")
            .bind("id", id)
            .map((row, _) -> job(row))
            .findOne());
  }

  /// The newest first.
  List<HistoryJob> newest(int limit) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM history_jobs ORDER BY created_at DESC, id LIMIT :limit")
            .bind("limit", limit)
            .map((row, _) -> job(row))
            .list());
  }

  /// What is not done, the oldest first.
  List<HistoryJob> open() {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT * FROM history_jobs WHERE " + NOT_ENDED + " ORDER BY created_at, id")
            .map((row, _) -> job(row))
            .list());
  }

  /// When the last of its kind was asked for, in whatever state it is.
  Optional<Instant> lastNightly(String source) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT max(created_at) FROM history_jobs"
                    + " WHERE source = :source AND asked_by = :nightly")
            .bind("source", source)
            .bind("nightly", Nightly.ASKED_BY)
            .mapTo(Long.class)
            .findOne()
            .map(EpochMicros::instant));
  }

  /// Why the newest job of the source that ended did not end well; null when it did. Of a file of
  /// deliveries whoever gave it is told, and nobody else has to do anything.
  static @Nullable String lastFailure(Handle handle, String source) {
    return handle
        .createQuery(
            "SELECT coalesce(failure, '') FROM history_jobs"
                + " WHERE source = :source AND ended_at IS NOT NULL AND export_of IS NULL"
                + " ORDER BY ended_at DESC, id LIMIT 1")
        .bind("source", source)
        .mapTo(String.class)
        .findOne()
        .filter(failure -> !failure.isEmpty())
        .orElse(null);
  }

  private static HistoryJob job(ResultSet row) throws SQLException {
    return new HistoryJob(
        row.getString("id"),
        Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getString("source"),
        new Days(
            LocalDate.ofEpochDay(row.getLong("from_day")),
            LocalDate.ofEpochDay(row.getLong("to_day"))),
        row.getInt("dry_run") == 1,
        export(row),
        row.getString("asked_by"),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        new Times(
            EpochMicros.instant(row.getLong("created_at")),
            instant(row, "started_at"),
            instant(row, "ended_at")),
        nullableDay(row, "done_day"),
        row.getInt("checking") == 1,
        new Progress(
            row.getLong("listed"),
            row.getLong("expected"),
            row.getLong("matched"),
            row.getLong("missing"),
            row.getLong("explained"),
            row.getLong("filled"),
            row.getLong("requests")),
        row.getString("note"),
        row.getString("failure"));
  }

  private static @Nullable ExportPart export(ResultSet row) throws SQLException {
    String of = row.getString("export_of");
    if (of == null) {
      return null;
    }
    long id = row.getLong("export_id");
    Long exportId = row.wasNull() ? null : (Long) id;
    String channel = row.getString("export_channel");
    return new ExportPart(
        ExportPart.Of.valueOf(of.toUpperCase(Locale.ROOT)),
        row.getLong("export_of_id"),
        channel == null ? null : Channel.of(channel).orElse(null),
        exportId);
  }

  private static @Nullable String label(@Nullable Channel channel) {
    return channel == null ? null : channel.label();
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull() ? null : EpochMicros.instant(micros);
  }

  private static @Nullable LocalDate nullableDay(ResultSet row, String column) throws SQLException {
    long day = row.getLong(column);
    return row.wasNull() ? null : LocalDate.ofEpochDay(day);
  }

  private static @Nullable Long micros(@Nullable Instant instant) {
    return instant == null ? null : (Long) EpochMicros.of(instant);
  }

  private static @Nullable Long day(@Nullable LocalDate day) {
    return day == null ? null : (Long) day.toEpochDay();
  }
}
