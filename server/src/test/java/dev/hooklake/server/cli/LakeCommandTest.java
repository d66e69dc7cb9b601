package dev.hooklake.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.fake.SmallLake;
import dev.hooklake.sources.event.Tables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeCommandTest {
  @TempDir Path data;
  private Cli cli;
  private SmallLake files;

  @BeforeEach
  void smallFiles() throws Exception {
    cli = Cli.in(data).at(SmallLake.LATER);
    files = new SmallLake(data.resolve("lake"));
    files.commit(6);
  }

  @Test
  void maintainMergesSmallFilesAndSaysSo() throws Exception {
    Cli.Run run = cli.run("lake", "maintain");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("webhook_landing: 6 files of 2026-03-02 are one of 6 rows")
        .contains("webhook_landing: checkpoint of version")
        .doesNotContain("deleted");
    assertThat(files.files(Tables.LANDING)).isEqualTo(1);
    assertThat(cli.run("lake", "maintain").out())
        .isEqualTo("Nothing to do: every table is in shape.%n".formatted());
  }

  @Test
  void statsTellFilesOfTheNewestVersionFromOlderOnes() {
    assertThat(cli.run("lake", "stats").out()).containsPattern("webhook_landing +5 +1 +6 +6 +6 ");
    cli.run("lake", "maintain");

    assertThat(cli.run("lake", "stats", "--table", "webhook_landing").out())
        .containsPattern("webhook_landing +6 +1 +1 +1 +6 +0\\.0 +6 ");
  }

  @Test
  void vacuumDeletesWhatNoKeptVersionNeedsAndADryRunOnlyListsIt() throws Exception {
    Path stray =
        Files.writeString(
            data.resolve("lake/webhook_landing/date_partition=2026-03-02/stray.parquet"), "x");
    Files.setLastModifiedTime(stray, FileTime.from(Instant.now().minus(Duration.ofDays(4))));

    Cli.Run dry = cli.run("lake", "vacuum", "--dry-run");
    assertThat(dry.out()).contains("stray.parquet").contains("1 data files would be deleted");
    assertThat(stray).exists();

    Cli.Run run = cli.run("lake", "vacuum", "--table", "webhook_landing");
    assertThat(run.out()).contains("webhook_landing: 1 unneeded files deleted");
    assertThat(stray).doesNotExist();
    assertThat(files.files(Tables.LANDING)).isEqualTo(6);
  }

  @Test
  void anUnknownTableAndAMissingVerbAreExplained() {
    Cli.Run unknown = cli.run("lake", "stats", "--table", "emails");
    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.err()).contains("'emails'").contains("email_events");

    Cli.Run nothing = cli.run("lake");
    assertThat(nothing.exit()).isEqualTo(2);
    assertThat(nothing.err()).contains("'stats', 'maintain' or 'vacuum'");
  }

  @Test
  void aLakeThatIsNotThereYetHasNothingToDo() throws Exception {
    try (Stream<Path> tree = Files.walk(data)) {
      assertThat(tree).isNotEmpty();
    }
    Cli empty = Cli.in(data.resolve("elsewhere"));
    assertThat(empty.run("lake", "maintain").exit()).isZero();
    assertThat(empty.run("lake", "stats").out()).contains("(0 rows)");
    assertThat(empty.run("lake", "vacuum").out()).contains("Nothing to delete.");
  }
}
