package dev.hooklake.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.lake.Batch;
import dev.hooklake.lake.CommitOutcome;
import dev.hooklake.lake.Lake;
import dev.hooklake.sources.event.Channel;
import dev.hooklake.sources.event.Row;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

  @TempDir Path data;
  private Cli cli;

  @BeforeEach
  void landOneEmail() throws Exception {
    cli = Cli.in(data);
    var batch =
        new Batch(
            1,
            2,
            List.of(
                new Batch.SequencedRow(1, event("sent")),
                new Batch.SequencedRow(2, event("delivered"))));
    try (Lake lake = Lake.open(Cli.lake(data), UUID.randomUUID(), InstantSource.fixed(NOW))) {
      assertThat(lake.commit(batch)).isInstanceOf(CommitOutcome.Committed.class);
    }
  }

  private static Row event(String metric) {
    return Row.in(Channel.EMAIL.table())
        .set("event_id", metric)
        .set("source", "customerio")
        .set("object_type", "email")
        .set("metric", metric)
        .set("timestamp", NOW.getEpochSecond())
        .set("occurred_at", NOW)
        .set("received_at", NOW)
        .set("processed_at", NOW)
        .set("delivery_id", "d1")
        .set("is_machine", false)
        .set("event_date", LocalDate.of(2026, 3, 2))
        .build();
  }

  @Test
  void aReportIsAnsweredFromTheLake() {
    Cli.Run run = cli.run("report", "funnel", "--format=csv");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("day,channel,sent,delivered,delivery_rate,")
        .contains("\r\n2026-03-02,email,1,1,1.0,0,0.0,");
  }

  @Test
  void aPeriodLeavesOtherDaysOut() {
    Cli.Run run = cli.run("report", "funnel", "--from=2026-03-03", "--format=csv");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out().lines()).hasSize(1);
  }

  @Test
  void withoutANameTheReportsAreListed() {
    assertThat(cli.run("report").out())
        .isEqualTo(cli.run("report", "--list").out())
        .contains("email-engagement ")
        .contains("How did the e-mails sent each day do");
  }

  @Test
  void theSqlOfAReportCanBeRunAsAQuery() {
    String sql = cli.run("report", "funnel", "--sql").out();
    assertThat(cli.run("query", sql, "--format=csv").out())
        .isEqualTo(cli.run("report", "funnel", "--format=csv").out());
  }

  @Test
  void anUnknownReportIsAnsweredWithTheKnownOnes() {
    Cli.Run run = cli.run("report", "opens");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("there is no report opens; there are:\nwebhook-summary");
  }

  @Test
  void aPeriodThatEndsBeforeItBeginsIsRefused() {
    Cli.Run run = cli.run("report", "funnel", "--from=2026-03-03", "--to=2026-03-02");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--from 2026-03-03 is after --to 2026-03-02");
  }
}
