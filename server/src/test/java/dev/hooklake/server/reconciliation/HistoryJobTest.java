package dev.hooklake.server.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.server.reconciliation.HistoryJob.Kind;
import dev.hooklake.server.reconciliation.HistoryJob.State;
import dev.hooklake.server.reconciliation.HistoryJobs.Wish;
import dev.hooklake.sources.event.Channel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HistoryJobTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 9, 20);
  private static final LocalDate DAY = TODAY.minusDays(2);
  private static final Instant NOW = Instant.parse("2026-09-20T12:00:00Z");

  /// As a server that was killed left it.
  static HistoryJob halfway(Kind kind, Instant now) {
    return new HistoryJob(
        "job-1",
        kind,
        "customerio",
        new HeldEvents.Days(DAY, TODAY),
        false,
        null,
        "person",
        State.RUNNING,
        new HistoryJob.Times(now, now, null),
        TODAY.minusDays(1),
        false,
        new HistoryJob.Progress(10, 20, 19, 1, 0, 1, 5),
        null,
        null);
  }

  @Test
  void aBackfillIsHalfDoneWhenAllIsFetchedAndTheEstimateKnowsIt() {
    HistoryJob fetching = halfway(Kind.BACKFILL, NOW);
    HistoryJob.Progress reached = fetching.progress();

    assertThat(fetching.at(DAY, reached).share()).isEqualTo(0.5);
    assertThat(fetching.fetched().share()).isEqualTo(0.5);
    assertThat(fetching.fetched().left(NOW.plusSeconds(60))).isEqualTo(Duration.ofSeconds(60));
    assertThat(fetching.fetched().at(DAY, reached).share()).isEqualTo(1);
    assertThat(halfway(Kind.RECONCILIATION, NOW).at(DAY, reached).share()).isEqualTo(1);
  }

  /// Those that an earlier version has done do not know of halves.
  @Test
  void whatIsDoneIsWholeHoweverFarItsDaysSay() {
    HistoryJob job = halfway(Kind.BACKFILL, NOW);

    assertThat(job.in(State.DONE, job.times(), null).share()).isEqualTo(1);
  }

  @Test
  void aKilledBackfillFetchesOnBehindItsLastDayAndChecksFromTheBeginning() {
    HistoryJob fetching = halfway(Kind.BACKFILL, NOW);

    assertThat(fetching.taken(NOW).doneDay()).isEqualTo(fetching.doneDay());
    assertThat(fetching.fetched().at(DAY, fetching.progress()).taken(NOW).share()).isEqualTo(0.5);
    assertThat(halfway(Kind.RECONCILIATION, NOW).taken(NOW).doneDay()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void whatAnExportIsOfIsKeptWithItsJob(TestDatabase engine, @TempDir Path folder) {
    try (OperationsDatabase database = OperationsDatabase.open(engine.empty(folder))) {
      var rows = new HistoryJobRows(database);
      var part = new ExportPart(ExportPart.Of.ACTION, 11, Channel.SMS, null);
      var wish = new Wish(Kind.BACKFILL, "customerio", DAY, TODAY, true, "person", part, "");
      HistoryJob job = wish.job("job-1", new HeldEvents.Days(DAY, TODAY), NOW);
      rows.store(job);
      assertThat(rows.find("job-1")).contains(job);
      rows.store(job.exporting(part.asked(500)));
      assertThat(rows.find("job-1")).contains(job.exporting(part.asked(500)));
    }
  }
}
