package dev.hooklake.server.reconciliation;

import dev.hooklake.server.reconciliation.HistoryJob.Kind;
import dev.hooklake.server.reconciliation.HistoryJobs.Wish;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;

/// Asks for each source's reconciliation of the last days, once a night. A night on which no server
/// ran is made up for at the next start.
final class Nightly {
  static final String ASKED_BY = "nightly";

  private final HistorySettings settings;
  private final HistoryJobRows rows;
  private final HistoryJobs jobs;

  Nightly(HistorySettings settings, HistoryJobRows rows, HistoryJobs jobs) {
    this.settings = settings;
    this.rows = rows;
    this.jobs = jobs;
  }

  void askWhenDue(Instant now) {
    LocalTime at = settings.nightlyAt();
    if (at == null) {
      return;
    }
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    Instant tonight = today.atTime(at).toInstant(ZoneOffset.UTC);
    Instant due = now.isBefore(tonight) ? tonight.minusSeconds(86_400) : tonight;
    for (String source : jobs.sources()) {
      boolean asked = rows.lastNightly(source).filter(last -> !last.isBefore(due)).isPresent();
      if (!asked) {
        LocalDate yesterday = today.minusDays(1);
        jobs.ask(
            new Wish(
                Kind.RECONCILIATION,
                source,
                yesterday.minusDays(settings.nightlyDays() - 1L),
                yesterday,
                false,
                ASKED_BY));
      }
    }
  }
}
