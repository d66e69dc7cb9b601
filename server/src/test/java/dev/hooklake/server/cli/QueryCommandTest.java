package dev.hooklake.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.lake.Batch;
import dev.hooklake.lake.CommitOutcome;
import dev.hooklake.lake.Lake;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.LandingRows;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.customerio.CustomerIo;
import dev.hooklake.sources.customerio.CustomerIoSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryCommandTest {
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

  private final Source source =
      new CustomerIo(CustomerIoSettings.of("customerio", List.of(Cli.SECRET)));
  @TempDir Path data;
  private Cli cli;

  @BeforeEach
  void landSamples() throws Exception {
    cli = Cli.in(data);
    var rows = new ArrayList<Batch.SequencedRow>();
    int sequence = 0;
    for (String sample : List.of("email-sent", "email-opened-by-machine", "unknown-object")) {
      var event =
          new SourceEvent(
              "customerio",
              sample,
              NOW,
              "/webhook/customerio",
              Headers.NONE,
              "application/json",
              Samples.named(sample));
      sequence++;
      rows.add(new Batch.SequencedRow(sequence, LandingRows.landing(event, sequence)));
      rows.add(
          new Batch.SequencedRow(
              sequence,
              switch (source.decode(event, NOW)) {
                case Decoding.Understood understood -> understood.row();
                case Decoding.NotUnderstood why ->
                    LandingRows.quarantine(event, sequence, why, NOW);
              }));
    }
    try (Lake lake = Lake.open(Cli.lake(data), UUID.randomUUID(), InstantSource.fixed(NOW))) {
      assertThat(lake.commit(new Batch(1, sequence, rows)))
          .isInstanceOf(CommitOutcome.Committed.class);
    }
  }

  @Test
  void aTableIsPrintedAligned() {
    Cli.Run run =
        cli.run("query", "SELECT metric, prefetched, link_id FROM email_events ORDER BY 1 DESC");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            metric  prefetched  link_id
            ------  ----------  -------
            sent    null        null
            opened  true        null
            (2 rows)
            """);
  }

  @Test
  void landingQuarantineAndChannelsAgree() {
    Cli.Run run =
        cli.run(
            "query",
            "SELECT (SELECT count(*) FROM webhook_landing) AS landed, (SELECT count(*) FROM"
                + " email_events) AS typed, (SELECT count(*) FROM quarantine) AS set_aside, (SELECT"
                + " count(*) FROM sms_events) AS sms",
            "--format",
            "csv");
    assertThat(run.out()).isEqualTo("landed,typed,set_aside,sms\r\n3,2,1,0\r\n");
  }

  @Test
  void jsonIsOneArrayOfRows() {
    Cli.Run run =
        cli.run(
            "query",
            "SELECT source, received_at, date_partition FROM webhook_landing LIMIT 1",
            "--format=json");
    assertThat(run.out())
        .isEqualTo(
            """
            [
            {"source":"customerio","received_at":"2026-03-02T12:00:00Z","date_partition":"2026-03-02"}
            ]
            """);
  }

  @Test
  void jsonOfNoRowsIsAnEmptyArray() {
    assertThat(cli.run("query", "FROM sms_events", "--format=json").out()).isEqualTo("[\n]\n");
  }

  @Test
  void csvQuotesWhatNeedsIt() {
    assertThat(cli.run("query", "SELECT 'a,\"b\"' AS x, '' AS y, NULL AS z", "--format=csv").out())
        .isEqualTo("x,y,z\r\n\"a,\"\"b\"\"\",\"\",\r\n");
  }

  @Test
  void aWrongTableFailsWithAdvice() {
    Cli.Run run = cli.run("query", "SELECT * FROM emails");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).startsWith("hooklake: ").contains("The tables are: webhook_landing, ");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aLakeThatIsNotThereYetHasEmptyTables() {
    Cli.Run run = Cli.in(data.resolve("elsewhere")).run("query", "FROM email_events");
    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("event_id").endsWith("(0 rows)\n");
  }

  @Test
  void controlCharactersOfAValueDoNotReachTheTerminal() {
    assertThat(cli.run("query", "SELECT 'a' || chr(27) || '[2J' AS x").out())
        .contains("a [2J")
        .doesNotContain("\033");
  }
}
