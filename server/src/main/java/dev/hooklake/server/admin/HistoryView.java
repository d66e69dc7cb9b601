package dev.hooklake.server.admin;

import dev.hooklake.server.reconciliation.ExportPart;
import dev.hooklake.server.reconciliation.Figures;
import dev.hooklake.server.reconciliation.Figures.Newest;
import dev.hooklake.server.reconciliation.HistoryJob;
import dev.hooklake.server.reconciliation.Parent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Jobs and figures as the admin API shows them: days and times as ISO 8601 text in UTC.
final class HistoryView {
  private HistoryView() {}

  /// How a job stands.
  ///
  /// @param export of what a backfill reads a file; null when it reads the list
  /// @param percent how much of the way through the provider's list is done; null when not known
  /// @param secondsLeft an estimate; null when there is no ground for one
  record Job(
      String id,
      String kind,
      String source,
      String from,
      String to,
      boolean dryRun,
      @Nullable Export export,
      String askedBy,
      String state,
      String createdAt,
      @Nullable String startedAt,
      @Nullable String endedAt,
      HistoryJob.Progress progress,
      @Nullable Double percent,
      @Nullable Long secondsLeft,
      @Nullable String note,
      @Nullable String failure) {}

  /// What a file is read of.
  ///
  /// @param exportId the provider's number of the export; null before it is asked for, or of a file
  record Export(String of, long id, @Nullable String channel, @Nullable Long exportId) {
    static @Nullable Export of(@Nullable ExportPart part) {
      return part == null
          ? null
          : new Export(
              part.of().label(),
              part.id(),
              part.channel() == null ? null : part.channel().label(),
              part.exportId());
    }
  }

  record Day(
      String source,
      String day,
      double completeness,
      long expected,
      long matched,
      long missing,
      long explained,
      String jobId,
      String checkedAt) {}

  record Count(
      String day,
      String channel,
      String metric,
      Parent parent,
      long expected,
      long matched,
      long missing,
      long explained,
      long ours) {}

  record Reason(String day, String metric, String reason, long events) {}

  record Reported(
      String zone, String day, Parent parent, String metric, long reported, long ours) {}

  /// What was found.
  ///
  /// @param cutOff names the lists that hold only the newest of their rows
  record Report(
      List<Day> days,
      List<Count> differences,
      List<Reason> reasons,
      List<Reported> reported,
      List<String> cutOff) {}

  record Missing(
      String day,
      String deliveryId,
      String channel,
      String metric,
      String doer,
      Parent parent,
      String occurredAt,
      String reason) {}

  static Job job(HistoryJob job, Instant now) {
    Double share = job.share();
    Duration left = job.left(now);
    return new Job(
        job.id(),
        job.kind().label(),
        job.source(),
        job.days().from().toString(),
        job.days().to().toString(),
        job.dryRun(),
        Export.of(job.export()),
        job.askedBy(),
        job.state().label(),
        job.times().createdAt().toString(),
        text(job.times().startedAt()),
        text(job.times().endedAt()),
        job.progress(),
        share == null ? null : (Double) (Math.round(share * 1_000) / 10.0),
        left == null ? null : (Long) left.toSeconds(),
        job.note(),
        job.failure());
  }

  static Day day(Figures.Day day) {
    return new Day(
        day.source(),
        day.day().toString(),
        day.completeness(),
        day.expected(),
        day.matched(),
        day.missing(),
        day.explained(),
        day.jobId(),
        day.checkedAt().toString());
  }

  static Report report(Figures.Report report) {
    var cutOff = new ArrayList<String>();
    return new Report(
        each("days", report.days(), HistoryView::day, cutOff),
        each("differences", report.counts(), HistoryView::count, cutOff),
        each("reasons", report.reasons(), HistoryView::reason, cutOff),
        each("reported", report.reported(), HistoryView::reported, cutOff),
        cutOff);
  }

  private static <T, V> List<V> each(
      String name, Newest<T> newest, Function<T, V> view, List<String> cutOff) {
    if (newest.cutOff()) {
      cutOff.add(name);
    }
    return newest.rows().stream().map(view).toList();
  }

  private static Reason reason(Figures.ReasonCount count) {
    return new Reason(count.day().toString(), count.metric(), count.reason(), count.events());
  }

  private static Reported reported(Figures.ReportedCount count) {
    return new Reported(
        count.zone(),
        count.day().toString(),
        count.parent(),
        count.metric(),
        count.reported(),
        count.ours());
  }

  private static Count count(Figures.Count count) {
    return new Count(
        count.day().toString(),
        count.channel(),
        count.metric(),
        count.parent(),
        count.expected(),
        count.matched(),
        count.missing(),
        count.explained(),
        count.ours());
  }

  static Missing missing(Figures.MissingEvent event) {
    return new Missing(
        event.day().toString(),
        event.deliveryId(),
        event.channel(),
        event.metric(),
        event.doer(),
        event.parent(),
        event.occurredAt().toString(),
        event.reason());
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
