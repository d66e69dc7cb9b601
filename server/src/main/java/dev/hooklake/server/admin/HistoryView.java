package dev.hooklake.server.admin;

import dev.hooklake.server.reconciliation.Figures;
import dev.hooklake.server.reconciliation.HistoryJob;
import dev.hooklake.server.reconciliation.Parent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Jobs and figures as the admin API shows them: days and times as ISO 8601 text in UTC.
final class HistoryView {
  private HistoryView() {}

  /// How a job stands.
  ///
  /// @param percent how much of the way through the provider's list is done; null when not known
  /// @param secondsLeft an estimate; null when there is no ground for one
  record Job(
      String id,
      String kind,
      String source,
      String from,
      String to,
      boolean dryRun,
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

  record Report(
      List<Day> days, List<Count> differences, List<Reason> reasons, List<Reported> reported) {}

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
    Double share = share(job);
    return new Job(
        job.id(),
        job.kind().label(),
        job.source(),
        job.days().from().toString(),
        job.days().to().toString(),
        job.dryRun(),
        job.askedBy(),
        job.state().label(),
        job.times().createdAt().toString(),
        text(job.times().startedAt()),
        text(job.times().endedAt()),
        job.progress(),
        share == null ? null : (Double) (Math.round(share * 1_000) / 10.0),
        secondsLeft(job, share, now),
        job.note(),
        job.failure());
  }

  /// By days of the list, which runs from the newest to the oldest.
  private static @Nullable Double share(HistoryJob job) {
    LocalDate done = job.doneDay();
    if (done == null) {
      return null;
    }
    double all = ChronoUnit.DAYS.between(job.days().from(), job.days().to()) + 1.0;
    double through = ChronoUnit.DAYS.between(done, job.days().to()) + 1.0;
    return Math.min(1, through / all);
  }

  private static @Nullable Long secondsLeft(HistoryJob job, @Nullable Double share, Instant now) {
    Instant startedAt = job.times().startedAt();
    if (job.ended() || share == null || share == 0 || startedAt == null) {
      return null;
    }
    double elapsed = Duration.between(startedAt, now).toSeconds();
    return Math.round(elapsed * (1 - share) / share);
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
    return new Report(
        report.days().stream().map(HistoryView::day).toList(),
        report.counts().stream().map(HistoryView::count).toList(),
        report.reasons().stream()
            .map(each ->
                new Reason(each.day().toString(), each.metric(), each.reason(), each.events()))
            .toList(),
        report.reported().stream()
            .map(each ->
                new Reported(
                    each.zone(),
                    each.day().toString(),
                    each.parent(),
                    each.metric(),
                    each.reported(),
                    each.ours()))
            .toList());
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
