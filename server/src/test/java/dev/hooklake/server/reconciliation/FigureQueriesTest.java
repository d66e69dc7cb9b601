package dev.hooklake.server.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.server.reconciliation.Figures.Report;
import dev.hooklake.server.reconciliation.Figures.ReportedCount;
import dev.hooklake.server.reconciliation.HeldEvents.Days;
import dev.hooklake.server.reconciliation.HistoryJob.Kind;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a report shows when there is more than it may.
final class FigureQueriesTest {
  private static final LocalDate DAY = LocalDate.of(2026, 9, 18);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void aReportThatIsCutOffSaysWhere(TestDatabase engine) throws Exception {
    try (OperationsDatabase database = OperationsDatabase.open(engine.empty(folder))) {
      assertThat(report(database, FigureQueries.MOST_ROWS).reported().cutOff()).isFalse();

      Report report = report(database, FigureQueries.MOST_ROWS + 1);
      assertThat(report.reported().rows()).hasSize(FigureQueries.MOST_ROWS);
      assertThat(report.reported().cutOff()).isTrue();
      assertThat(report.reasons().cutOff()).isFalse();
    }
  }

  private static Report report(OperationsDatabase database, int campaigns) {
    List<ReportedCount> counts =
        IntStream.rangeClosed(1, campaigns)
            .mapToObj(id -> new ReportedCount("UTC", DAY, new Parent("campaign", id), "sent", 1, 1))
            .toList();
    var wish = new HistoryJobs.Wish(Kind.RECONCILIATION, "customerio", DAY, DAY, false, "person");
    var days = new Days(DAY, DAY);
    HistoryJob job = wish.job("job-1", days, Instant.EPOCH);
    database.change(handle -> new FigureRows(handle, job).reported(days, counts));
    return new FigureQueries(database).report("customerio", DAY, DAY);
  }
}
