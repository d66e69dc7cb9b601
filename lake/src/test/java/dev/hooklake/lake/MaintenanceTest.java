package dev.hooklake.lake;

import static dev.hooklake.lake.LakeUnderTest.sequences;
import static dev.hooklake.lake.TestTables.EMAIL;
import static dev.hooklake.lake.TestTables.LANDING;
import static dev.hooklake.lake.TestTables.SMS;
import static dev.hooklake.lake.TestTables.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.lake.Batch.SequencedRow;
import dev.hooklake.lake.MaintenanceStep.Compacted;
import dev.hooklake.lake.MaintenanceStep.Failed;
import dev.hooklake.lake.MaintenanceStep.TooLarge;
import dev.hooklake.sources.event.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows of the test tables are of 1 March 2026, a day long closed by the system's clock.
class MaintenanceTest {
  private static final InstantSource LATER =
      InstantSource.offset(InstantSource.system(), Duration.ofHours(2));

  @TempDir Path directory;
  private LakeUnderTest files;

  @BeforeEach
  void openFiles() {
    files = new LakeUnderTest(directory.resolve("lake"));
  }

  @Test
  void manySmallFilesBecomeOneWithTheSameRows() throws Exception {
    commits(1, 40);
    List<String> landing = files.everyRow(LANDING);
    List<String> email = files.everyRow(EMAIL);

    List<MaintenanceStep> steps = maintain();

    assertThat(steps).doesNotHaveAnyElementsOfTypes(Failed.class);
    assertThat(steps).filteredOn(Compacted.class::isInstance).hasSize(3);
    assertThat(files.snapshot(LANDING).files()).hasSize(1);
    assertThat(files.snapshot(EMAIL).files()).hasSize(1);
    assertThat(files.everyRow(LANDING)).isEqualTo(landing).hasSize(80);
    assertThat(files.everyRow(EMAIL)).isEqualTo(email);
    assertThat(files.scratch()).isEmptyDirectory();
  }

  @Test
  void bodiesOfHalfAMegabyteAreMergedAsFarAsMemoryGoes() throws Exception {
    try (Lake lake = files.open()) {
      for (int i = 1; i <= 200; i++) {
        var row = new SequencedRow(i, TestTables.landing(i, body(i)));
        assertThat(lake.commit(new Batch(i, i, List.of(row))))
            .isInstanceOf(CommitOutcome.Committed.class);
      }
    }
    List<String> before = files.query(LANDING, "SELECT event_key, md5(body) FROM $table");

    List<MaintenanceStep> steps = maintain();

    assertThat(steps).doesNotHaveAnyElementsOfTypes(Failed.class);
    assertThat(steps).filteredOn(TooLarge.class::isInstance).isNotEmpty().hasSizeLessThan(10);
    assertThat(files.snapshot(LANDING).files()).hasSizeLessThan(40);
    assertThat(files.query(LANDING, "SELECT event_key, md5(body) FROM $table"))
        .containsExactlyInAnyOrderElementsOf(before);
    assertThat(maintain()).as("nothing is left to try").doesNotHaveAnyElementsOfTypes(Failed.class);
  }

  /// Half a megabyte that hardly gets smaller.
  private static String body(int seed) {
    var bytes = new byte[256 << 10];
    new Random(seed).nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void rowsOfACompactedFileLieByMetricAndTimeAndAreCompressed() throws Exception {
    commits(1, 10);

    maintain();

    assertThat(files.query(EMAIL, "SELECT metric, occurred_at FROM $table")).isSorted().hasSize(10);
    assertThat(
            DuckDb.rows(
                "SELECT DISTINCT compression FROM parquet_metadata('"
                    + files.snapshot(EMAIL).files().getFirst().path()
                    + "')"))
        .containsExactly("ZSTD");
  }

  @Test
  void theLogSaysWhatACompactedFileHoldsSoThatItCanBeSkipped() throws Exception {
    commits(1, 10);

    maintain();

    String stats = LogByHand.statsOfOnlyFile(directory.resolve("lake").resolve(EMAIL.path()));
    assertThat(stats)
        .contains("\"numRecords\":10")
        .contains("\"metric\":\"delivered\"")
        .contains("\"occurred_at\":\"2026-03-01T00:00:01.123Z\"")
        .contains("\"occurred_at\":\"2026-03-01T00:00:19.123Z\"")
        .doesNotContain("email_address\":\"");
  }

  @Test
  void anotherRoundFindsNothingToDo() throws Exception {
    commits(1, 10);
    maintain();

    assertThat(maintain()).isEmpty();
  }

  @Test
  void batchesGoOnAfterwardsExactlyOnce() throws Exception {
    try (Lake lake = files.open(LakeUnderTest.JOURNAL, local -> local, LATER)) {
      lake.commit(batch(1, 10));
      lake.commit(batch(11, 20));
      tidy(lake, List.of(LANDING, EMAIL, SMS));

      assertThat(lake.landedThrough()).isEqualTo(20);
      assertThat(lake.commit(batch(15, 30))).isEqualTo(new CommitOutcome.Committed(30));
    }

    assertThat(files.landed()).isEqualTo(sequences(1, 30));
    assertThat(files.typed(EMAIL)).hasSize(15).doesNotHaveDuplicates();
  }

  @Test
  void aReaderOfAnOlderVersionFinishes() throws Exception {
    commits(1, 20);
    TableSnapshot older = files.snapshot(LANDING);
    List<String> before = LakeUnderTest.everyRow(older);
    // Written long ago: their age alone would let them go.
    for (TableSnapshot.DataFile file : older.files()) {
      Files.setLastModifiedTime(
          Path.of(file.path()), FileTime.from(Instant.now().minus(Duration.ofDays(100))));
    }

    maintain();
    clean(Duration.ofDays(2));

    assertThat(files.snapshot(LANDING).version()).isGreaterThan(older.version());
    assertThat(files.strays(LANDING)).hasSize(20);
    assertThat(LakeUnderTest.everyRow(older)).isEqualTo(before);
    clean(Duration.ofDays(4));
    assertThat(files.strays(LANDING)).isEmpty();
  }

  @Test
  void filesFromBeforeAColumnAreMergedWithThoseThatHaveIt() throws Exception {
    commits(1, 4);
    Table wider = TestTables.withColumn(EMAIL, "subject_line");
    try (Lake lake = files.open()) {
      lake.commit(TestTables.batchOf(wider, 100, "subject_line", "hello"));
    }
    List<String> before = files.everyRow(EMAIL);

    maintain();

    assertThat(files.snapshot(EMAIL).files()).hasSize(1);
    assertThat(files.everyRow(EMAIL)).isEqualTo(before).anyMatch(row -> row.contains("hello"));
  }

  @Test
  void theLogIsReadableByHandBeforeAndAfterACheckpoint() throws Exception {
    commits(1, 30);

    maintain();

    Path table = directory.resolve("lake").resolve(LANDING.path());
    List<String> held =
        files.snapshot(LANDING).files().stream().map(TableSnapshot.DataFile::path).toList();
    assertThat(LogByHand.fromCommits(table)).isEqualTo(held);
    assertThat(LogByHand.fromCheckpoint(table)).isEqualTo(held);
  }

  @Test
  void whatAKilledProcessLeftInTheScratchDirectoryIsDeleted() throws Exception {
    Path left = Files.createDirectories(files.scratch().resolve("hooklake-0-1/spill"));
    Files.writeString(left.resolve("rows.tmp"), "a person's row");

    try (Lake lake = files.open()) {
      lake.maintenance(files.maintenance()).clearScratch();
    }

    assertThat(files.scratch()).isEmptyDirectory();
  }

  @Test
  void aScratchDirectoryOnAnotherDiskIsEmptiedAndStaysLinked() throws Exception {
    Path elsewhere = Files.createDirectories(directory.resolve("large-disk"));
    Files.createDirectories(files.scratch().getParent());
    Files.createSymbolicLink(files.scratch(), elsewhere);
    Files.writeString(elsewhere.resolve("rows.tmp"), "a person's row");

    try (Lake lake = files.open()) {
      lake.maintenance(files.maintenance()).clearScratch();
    }

    assertThat(files.scratch()).isSymbolicLink();
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void aTableThatOtherEnginesGaveAnUnknownTypeIsLeftAloneAndSaysSo() throws Exception {
    commits(1, 4);
    Path log = directory.resolve("lake").resolve(SMS.path()).resolve("_delta_log");
    LogByHand.addColumn(log, "amount", "decimal(10,2)");

    List<MaintenanceStep> steps = maintain();

    assertThat(steps).filteredOn(Failed.class::isInstance).hasSize(1);
    assertThat(steps)
        .filteredOn(Failed.class::isInstance)
        .first()
        .asString()
        .contains("sms_events.amount")
        .contains("Decimal");
    assertThat(files.snapshot(LANDING).files()).hasSize(1);
    assertThat(files.snapshot(SMS).files()).hasSize(4);
  }

  @Test
  void whileStorageIsDownAStepFailsAndChangesNothing() throws Exception {
    commits(1, 4);
    try (Lake lake =
        files.open(
            UUID.randomUUID(),
            local -> {
              var storage = new FaultyStorage(local);
              storage.setDown(true);
              return storage;
            },
            LATER)) {
      assertThat(tidy(lake, List.of(LANDING)))
          .singleElement()
          .asString()
          .contains("Failed")
          .contains("storage is down");
    }
    assertThat(files.landed()).isEqualTo(sequences(1, 8));
  }

  private void commits(int first, int count) throws Exception {
    try (Lake lake = files.open()) {
      for (int i = 0; i < count; i++) {
        long at = first + 2L * i;
        assertThat(lake.commit(batch(at, at + 1))).isInstanceOf(CommitOutcome.Committed.class);
      }
    }
  }

  private List<MaintenanceStep> maintain() throws Exception {
    try (Lake lake = files.open(UUID.randomUUID(), local -> local, LATER)) {
      return tidy(lake, List.of(LANDING, EMAIL, SMS));
    }
  }

  private void clean(Duration later) throws Exception {
    InstantSource clock = InstantSource.offset(InstantSource.system(), later);
    try (Lake lake = files.open(UUID.randomUUID(), local -> local, clock)) {
      lake.maintenance(files.maintenance()).clean(LANDING, _ -> {});
    }
  }

  private List<MaintenanceStep> tidy(Lake lake, List<Table> tables) throws Exception {
    var steps = new ArrayList<MaintenanceStep>();
    Maintenance maintenance = lake.maintenance(files.maintenance());
    for (Table table : tables) {
      maintenance.tidy(table, steps::add);
    }
    return steps;
  }
}
