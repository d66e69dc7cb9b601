package dev.hooklake.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.lake.Batch;
import dev.hooklake.lake.Batch.SequencedRow;
import dev.hooklake.lake.CommitOutcome;
import dev.hooklake.lake.Lake;
import dev.hooklake.sources.Decoding.NotUnderstood;
import dev.hooklake.sources.Decoding.Reason;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.LandingRows;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three events that an older decoder did not understand: two of a configured source, the third of
/// one that is not configured any more.
class ReplayCommandTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  @TempDir Path data;
  private final List<SequencedRow> rows = new ArrayList<>();
  private Cli cli;

  @BeforeEach
  void land() throws Exception {
    cli = Cli.in(data);
    quarantined(1, "customerio");
    quarantined(2, "customerio");
    quarantined(3, "gone");
    try (Lake lake = Lake.open(Cli.lake(data), UUID.randomUUID(), InstantSource.fixed(NOON))) {
      assertThat(lake.commit(new Batch(1, 3, rows))).isEqualTo(new CommitOutcome.Committed(3));
    }
  }

  private void quarantined(long sequence, String source) {
    String body =
        "{\"event_id\":\"key-%d\",\"object_type\":\"email\",\"metric\":\"sent\",\"timestamp\":1772452800,\"data\":{}}"
            .formatted(sequence);
    var event =
        new SourceEvent(source, "key-" + sequence, NOON, "/", Headers.NONE, "", Payload.of(body));
    rows.add(new SequencedRow(sequence, LandingRows.landing(event, sequence)));
    rows.add(
        new SequencedRow(
            sequence,
            LandingRows.quarantine(
                event, sequence, new NotUnderstood(Reason.DECODER_FAILED, "then"), NOON)));
  }

  @Test
  void aDryRunTellsWhatTheReplayThenDoesAndASecondOneFindsNothing() {
    Cli.Run dry = cli.run("replay", "--from", "2026-03-02", "--to", "2026-03-03", "--dry-run");
    assertThat(dry.exit()).as(dry.err()).isZero();
    assertThat(dry.out())
        .contains("would be in")
        .containsPattern("quarantine +email_events +2\n")
        .contains("2 events compared, 2 would change")
        .contains("1 events left as they are: their source is not configured");
    assertThat(emails()).isZero();

    Cli.Run run = cli.run("replay", "--from", "2026-03-02", "--to", "2026-03-03T00:00:00Z");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern("quarantine +email_events +2\n")
        .contains("2 events compared, 2 changed");
    assertThat(emails()).isEqualTo(2);

    assertThat(cli.run("replay", "--from", "2026-03-02", "--to", "2026-03-03").out())
        .contains("2 events compared, 0 changed");
  }

  @Test
  void whatIsOutsideTheRangeOrOfAnotherSourceIsLeftAlone() {
    assertThat(cli.run("replay", "--from", "2026-03-03", "--to", "2026-03-04").out())
        .contains("0 events compared, 0 changed");
    assertThat(
            cli.run("replay", "--from", "2026-03-02", "--to", "2026-03-03", "--source", "gone")
                .out())
        .contains("0 events compared, 0 changed", "1 events left as they are");
    assertThat(emails()).isZero();
  }

  @Test
  void aRangeThatIsNoneIsAWrongCommandLine() {
    assertThat(cli.run("replay", "--from", "2026-03-02").exit()).isEqualTo(2);
    assertThat(cli.run("replay", "--from", "2026-03-03", "--to", "2026-03-02").exit()).isEqualTo(2);
    Cli.Run noTime = cli.run("replay", "--from", "yesterday", "--to", "2026-03-02");
    assertThat(noTime.exit()).isEqualTo(2);
    assertThat(noTime.err()).contains("yesterday");
  }

  private int emails() {
    Cli.Run count = cli.run("query", "SELECT count(*) AS n FROM email_events", "--format", "csv");
    assertThat(count.exit()).as(count.err()).isZero();
    return Integer.parseInt(count.out().lines().toList().getLast());
  }
}
