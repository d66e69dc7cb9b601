package dev.hooklake.server.reconciliation;

import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.reconciliation.Comparison.Outcome;
import dev.hooklake.server.reconciliation.Figures.ReportedCount;
import dev.hooklake.server.reconciliation.HeldEvents.Days;
import dev.hooklake.server.reconciliation.HistoryJob.Progress;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Counts what we have against what the provider shows, and stores the figures; changes nothing in
/// the lake.
final class Reconciliation {
  static final int MOST_LISTED = 100_000;
  private static final int DAYS_AT_ONCE = 31;

  /// By the name that SQL knows; an offset's own is `Z`.
  private static final ZoneId UTC = ZoneId.of("UTC");

  private final HistoryRun run;
  private final Tally tally = new Tally();
  private int room = MOST_LISTED;

  Reconciliation(HistoryRun run) {
    this.run = run;
  }

  /// Why it broke off, and then no figure changed; or whole.
  Outcome compare(HistoryJob job, Consumer<HistoryJob> progressed)
      throws IOException, InterruptedException {
    OperationsDatabase database = run.database();
    database.change(handle -> new FigureRows(handle, job).begin());
    ProviderHistory.Walk walk = run.walk(job.days(), null);
    Outcome outcome =
        run.comparison(job.days())
            .run(
                walk,
                (messages, done) -> {
                  tally.add(messages);
                  room -=
                      database.write(handle -> new FigureRows(handle, job).list(messages, room));
                  progressed.accept(job.at(done, progress(walk, job)));
                });
    if (outcome instanceof Outcome.BrokenOff) {
      return outcome;
    }
    ActiveParents parents = countOurs(job.days());
    List<Parent> asked = parents.asked();
    ProviderHistory.Counts counts =
        run.source().history().reported(asked, job.days().from(), job.days().to());
    List<ReportedCount> reported = besideOurs(counts.reported(), job.days());
    run.keepNames(asked);
    database.change(handle -> {
      var rows = new FigureRows(handle, job);
      rows.replace(job.days(), tally, run.now());
      rows.reported(job.days(), reported);
    });
    HistoryJob noted = parents.leftOut().map(job::alsoNoting).orElse(job);
    noted = counts.note() == null ? noted : noted.alsoNoting(counts.note());
    progressed.accept(noted.at(job.days().from(), progress(walk, job)));
    return outcome;
  }

  private Progress progress(ProviderHistory.Walk walk, HistoryJob job) {
    Tally.Counts total = tally.total();
    return new Progress(
        tally.listed(),
        total.expected(),
        total.matched(),
        total.missing(),
        total.explained(),
        job.progress().filled(),
        job.progress().requests() + walk.requests());
  }

  /// A month at a time, so that what is counted fits into the memory it may take.
  private ActiveParents countOurs(Days days) throws IOException {
    var parents = new ActiveParents();
    for (Days month : months(days)) {
      run.held()
          .count(
              month,
              UTC,
              (day, channel, metric, parent, deliveries) -> {
                tally.ours(day, channel, metric, parent, deliveries);
                parents.add(parent, deliveries);
              });
    }
    return parents;
  }

  private static List<Days> months(Days days) {
    List<Days> months = new ArrayList<>();
    LocalDate from = days.from();
    while (!from.isAfter(days.to())) {
      LocalDate to = from.plusDays(DAYS_AT_ONCE - 1);
      months.add(new Days(from, to.isAfter(days.to()) ? days.to() : to));
      from = to.plusDays(1);
    }
    return months;
  }

  private record DayCount(LocalDate day, Parent parent, String metric) {}

  /// The provider's counts and ours, both in the days of the provider's zone.
  private List<ReportedCount> besideOurs(List<Reported> all, Days days) throws IOException {
    List<ReportedCount> counts = new ArrayList<>();
    for (ZoneId zone : new HashSet<>(all.stream().map(Reported::zone).toList())) {
      Map<DayCount, Long> ours = new HashMap<>();
      for (Days month : months(days)) {
        run.held()
            .count(
                month,
                zone,
                (day, channel, metric, parent, deliveries) -> {
                  ours.merge(new DayCount(day, parent, metric), deliveries, Long::sum);
                  ours.merge(new DayCount(day, Parent.ALL, metric), deliveries, Long::sum);
                });
      }
      all.stream()
          .filter(reported -> reported.zone().equals(zone) && days.hold(reported.day()))
          .forEach(reported -> counts.addAll(besideOurs(reported, ours)));
    }
    return counts;
  }

  private static List<ReportedCount> besideOurs(Reported reported, Map<DayCount, Long> ours) {
    List<ReportedCount> counts = new ArrayList<>();
    reported
        .counts()
        .forEach((metric, count) -> {
          long held =
              ours.getOrDefault(new DayCount(reported.day(), reported.parent(), metric), 0L);
          if (count > 0 || held > 0) {
            counts.add(
                new ReportedCount(
                    reported.zone().getId(),
                    reported.day(),
                    reported.parent(),
                    metric,
                    count,
                    held));
          }
        });
    return counts;
  }
}
