package dev.hooklake.lake;

import static dev.hooklake.lake.TestTables.EMAIL;
import static dev.hooklake.lake.TestTables.LANDING;
import static dev.hooklake.lake.TestTables.SMS;
import static dev.hooklake.lake.TestTables.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.lake.FaultyStorage.Fault;
import dev.hooklake.sources.event.Table;
import io.delta.kernel.Snapshot;
import io.delta.kernel.internal.actions.AddFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Person 5 is `p5@example.com`: one email event, and the landing row of the same event.
class LakeErasureTest {
  private static final String PERSON = "p5@example.com";
  private static final List<Table> TABLES = List.of(LANDING, EMAIL, SMS);

  @TempDir Path directory;
  private LakeUnderTest files;

  @BeforeEach
  void rows() throws Exception {
    files = new LakeUnderTest(directory.resolve("lake"));
    try (Lake lake = files.open()) {
      lake.commit(batch(1, 10));
      lake.commit(batch(11, 20));
    }
  }

  @Test
  void everyRowOfThePersonsEventsGoesAndNoOther() throws Exception {
    try (Lake lake = files.open()) {
      assertThat(erase(lake)).isEqualTo(2);
    }

    assertThat(files.landed()).hasSize(19).doesNotContain(5L);
    assertThat(files.typed(EMAIL)).hasSize(9).doesNotContain(5L);
    assertThat(files.typed(SMS)).hasSize(10);
  }

  @Test
  void onlyFilesThatHoldThePersonAreWrittenAnew() throws Exception {
    List<String> before = paths(EMAIL);
    List<String> sms = paths(SMS);
    try (Lake lake = files.open()) {
      erase(lake);
    }

    assertThat(paths(EMAIL)).hasSize(2).filteredOn(before::contains).hasSize(1);
    assertThat(paths(SMS)).isEqualTo(sms);
  }

  /// A body may be megabytes.
  @Test
  void fewRowsAreInTheMemoryAtATimeHoweverManyAFileHas() throws Exception {
    var large = new LakeUnderTest(directory.resolve("large"));
    try (Lake lake = large.open()) {
      lake.commit(batch(1, 200));
    }
    LakeAccess access = large.access();
    Snapshot snapshot = access.newest(LANDING).orElseThrow();
    AddFile file = KernelActions.files(snapshot, access.engine()).getFirst();
    var sizes = new ArrayList<Integer>();
    try (var batches =
        new FileRows(access, snapshot).read(file, KernelActions.fileSchema(snapshot))) {
      batches.forEachRemaining(rows -> sizes.add(rows.getSize()));
    }

    assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(200);
    assertThat(sizes).allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(16));
  }

  @Test
  void rowsOfTheSameDeliveryGoToo() throws Exception {
    Table linked = TestTables.withColumn(EMAIL, "delivery_id");
    try (Lake lake = files.open()) {
      lake.commit(TestTables.batchOf(linked, 101, "delivery_id", "d-1"));
      lake.commit(TestTables.batchOf(linked, 102, "delivery_id", "d-2"));
      lake.commit(TestTables.batchOf(linked, 103, "delivery_id", "d-1"));
      LakeErasure erasure = lake.erasure(row -> "key-101".equals(row.value("event_id")));
      PersonRows person = erasure.find(List.of(LANDING, linked), nothing());
      assertThat(person.links()).containsExactly(new PersonRows.Link("test", "d-1"));
      assertThat(erasure.remove(LANDING, person)).isEqualTo(2);
      assertThat(erasure.remove(linked, person)).isEqualTo(2);
    }

    assertThat(files.typed(EMAIL)).contains(102L).doesNotContain(101L, 103L);
  }

  @Test
  void twiceIsTheSameAsOnce() throws Exception {
    try (Lake lake = files.open()) {
      erase(lake);
      long version = files.snapshot(LANDING).version();

      assertThat(erase(lake)).isZero();
      assertThat(files.snapshot(LANDING).version()).isEqualTo(version);
    }
  }

  @Test
  void batchesGoOnAfterwardsExactlyOnce() throws Exception {
    try (Lake lake = files.open()) {
      lake.landedThrough();
      erase(lake);

      assertThat(lake.commit(batch(15, 24))).isEqualTo(new CommitOutcome.Committed(24));
    }
    assertThat(files.landed()).hasSize(23).doesNotHaveDuplicates().doesNotContain(5L);
  }

  @Test
  void purgedNothingOfThePersonIsLeftInAnyByteAndTheNewestVersionIsWhole() throws Exception {
    InstantSource later = InstantSource.offset(InstantSource.system(), Duration.ofHours(2));
    try (Lake lake = files.open(UUID.randomUUID(), local -> local, later)) {
      lake.maintenance(files.maintenance()).tidy(EMAIL, _ -> {});
      LakeErasure erasure = lake.erasure(LakeErasureTest::namesPerson);
      PersonRows person = erasure.find(TABLES, nothing());
      for (Table table : TABLES) {
        erasure.remove(table, person);
        erasure.purge(table);
      }
    }

    for (Table table : TABLES) {
      assertThat(files.strays(table)).isEmpty();
    }
    assertThat(files.everyRow(EMAIL)).hasSize(9).noneMatch(row -> row.contains(PERSON));
    assertThat(LogByHand.fromCheckpoint(directory.resolve("lake").resolve(EMAIL.path())))
        .isEqualTo(paths(EMAIL));
    assertThat(files.landed()).hasSize(19);
  }

  /// Each checkpoint tells only of files that were removed since the one before it.
  @Test
  void whatWasMergedManyCheckpointsAgoIsNotTakenForUncommitted() throws Exception {
    var settings =
        new MaintenanceSettings(
            128 << 20, 2, Duration.ofDays(3), Map.of(), directory.resolve("scratch"), 128);
    try (Lake lake = files.open()) {
      Maintenance maintenance = lake.maintenance(settings);
      for (long first = 21; first < 61; first += 10) {
        lake.commit(batch(first, first + 9));
        maintenance.tidy(EMAIL, _ -> {});
      }
      assertThat(files.strays(EMAIL)).hasSizeGreaterThan(4);

      assertThat(lake.erasure(LakeErasureTest::namesPerson).purge(EMAIL).spared()).isZero();
    }
    assertThat(files.strays(EMAIL)).isEmpty();
    assertThat(files.typed(EMAIL)).hasSize(30);
  }

  @Test
  void aFileThatAnotherWriterIsAboutToCommitIsSpared() throws Exception {
    Path day = Path.of(paths(EMAIL).getFirst()).getParent();
    Path staged = Files.writeString(day.resolve("part-0-of-spark.parquet"), "not committed yet");
    try (Lake lake = files.open()) {
      assertThat(lake.erasure(LakeErasureTest::namesPerson).purge(EMAIL))
          .isEqualTo(new Purged(0, 1));
    }
    assertThat(staged).exists();
  }

  @Test
  void aBatchAndACompactionInBetweenAreNoHindrance() throws Exception {
    var storage = new AtomicReference<FaultyStorage>();
    InstantSource later = InstantSource.offset(InstantSource.system(), Duration.ofHours(2));
    try (Lake appender = files.open();
        Lake maintainer = files.open(UUID.randomUUID(), local -> local, later);
        Lake lake =
            files.open(
                UUID.randomUUID(),
                local -> {
                  storage.set(new FaultyStorage(local));
                  return storage.get();
                })) {
      LakeErasure erasure = lake.erasure(LakeErasureTest::namesPerson);
      PersonRows person = erasure.find(TABLES, nothing());
      storage.get().beforeNextCommit(() -> appendAndTidy(appender, maintainer));
      assertThat(erasure.remove(EMAIL, person)).isEqualTo(1);
    }
    assertThat(files.typed(EMAIL)).hasSize(11).doesNotContain(5L);
  }

  /// Landing goes first, so whatever of an erasure was done, the next one still finds the rest.
  @Test
  void brokenOffAtAnyWriteItIsMadeAgain() throws Exception {
    for (int write = 0; write < 4; write++) {
      for (Fault fault : Fault.values()) {
        var broken = new LakeUnderTest(directory.resolve(write + "-" + fault));
        try (Lake lake = broken.open()) {
          lake.commit(batch(1, 10));
        }
        int failing = write;
        try (Lake lake =
            broken.open(local -> new FaultyStorage(local).failing(failing, fault).killing())) {
          erase(lake);
        } catch (IOException e) {
          assertThat(e).hasMessageContaining("injected");
        }
        try (Lake lake = broken.open()) {
          erase(lake);
        }
        assertThat(broken.landed()).hasSize(9).doesNotContain(5L);
        assertThat(broken.typed(EMAIL)).hasSize(4).doesNotContain(5L);
      }
    }
  }

  private void appendAndTidy(Lake appender, Lake maintainer) {
    try {
      assertThat(appender.commit(batch(21, 24))).isEqualTo(new CommitOutcome.Committed(24));
      maintainer.maintenance(files.maintenance()).tidy(EMAIL, _ -> {});
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static long erase(Lake lake) throws IOException {
    LakeErasure erasure = lake.erasure(LakeErasureTest::namesPerson);
    PersonRows person = erasure.find(TABLES, nothing());
    long removed = 0;
    for (Table table : TABLES) {
      removed += erasure.remove(table, person);
    }
    return removed;
  }

  private static boolean namesPerson(RowText row) {
    return row.columns().stream().anyMatch(column -> PERSON.equals(row.value(column)));
  }

  private static PersonRows nothing() {
    return new PersonRows(Set.of(), Set.of());
  }

  private List<String> paths(Table table) throws IOException {
    return files.snapshot(table).files().stream().map(TableSnapshot.DataFile::path).toList();
  }
}
