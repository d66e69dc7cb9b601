package dev.hooklake.lake;

import static dev.hooklake.lake.LakeUnderTest.sequences;
import static dev.hooklake.lake.TestTables.EMAIL;
import static dev.hooklake.lake.TestTables.LANDING;
import static dev.hooklake.lake.TestTables.SMS;
import static dev.hooklake.lake.TestTables.at;
import static dev.hooklake.lake.TestTables.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.sources.event.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherWriterTest {
  private static final UUID OTHER = UUID.fromString("99999999-0000-4000-8000-000000000000");

  @TempDir Path directory;
  private LakeUnderTest files;
  private final AtomicReference<FaultyStorage> storage = new AtomicReference<>();

  @BeforeEach
  void openFiles() {
    files = new LakeUnderTest(directory);
  }

  @Test
  void aCommitInBetweenIsBuiltUponWithTheSameFiles() throws Exception {
    try (Lake other = files.open(OTHER, local -> local);
        Lake lake = openWatched()) {
      lake.commit(batch(1, 10));
      int before = storage.get().writes().size();
      storage.get().beforeNextCommit(() -> commit(other, batch(101, 110)));

      assertThat(lake.commit(batch(11, 20))).isEqualTo(new CommitOutcome.Committed(20));

      assertThat(dataFiles(before)).isEqualTo(3);
    }
    assertThat(files.landed()).hasSize(30).containsAll(sequences(1, 20));
    assertThat(files.strays(LANDING)).isEmpty();
  }

  @Test
  void whoCreatesTheTableFirstDoesNotMatter() throws Exception {
    try (Lake other = files.open(OTHER, local -> local);
        Lake lake = openWatched()) {
      storage.get().beforeNextCommit(() -> commit(other, batch(101, 110)));

      assertThat(lake.commit(batch(1, 10))).isEqualTo(new CommitOutcome.Committed(10));
    }
    assertThat(files.landed()).hasSize(20);
  }

  @Test
  void aBatchThatWouldLandBehindALogThatWasCutOffLandsAll() throws Exception {
    try (Lake other = files.open(OTHER, local -> local);
        Lake lake = openWatched()) {
      lake.commit(batch(1, 10));
      storage.get().beforeNextCommit(() -> commitTwiceAndCutTheLogOff(other));

      assertThat(lake.commit(batch(11, 20))).isEqualTo(new CommitOutcome.Committed(20));
    }
    assertThat(files.landed()).hasSize(40).containsAll(sequences(1, 20));
    assertThat(files.typed(EMAIL)).hasSize(20);
    assertThat(files.typed(SMS)).hasSize(20);
  }

  @Test
  void aReplacementThatWouldLandBehindALogThatWasCutOffIsMade() throws Exception {
    try (Lake other = files.open(OTHER, local -> local);
        Lake lake = openWatched()) {
      lake.commit(batch(1, 10));
      storage.get().beforeNextCommit(() -> commitTwiceAndCutTheLogOff(other));

      replace(
          lake,
          new Replacement(at(0), at(999), Set.of(new Replacement.Key("test", "key-3")), List.of()));
    }
    assertThat(files.typed(EMAIL)).hasSize(14).doesNotContain(3L);
  }

  @Test
  void aGapInTheLogIsLookedAtAgainSomeTimesBeforeItStopsUs() throws Exception {
    Path second = directory.resolve(EMAIL.path()).resolve("_delta_log/%020d.json".formatted(1));
    Path hidden = directory.resolve("hidden.json");
    try (Lake lake = files.open()) {
      lake.commit(batch(1, 10));
      lake.commit(batch(11, 20));
      lake.commit(batch(21, 30));
    }
    try (Lake lake = files.open()) {
      Files.move(second, hidden);
      for (int i = 1; i < LakeTable.LOADS_BEFORE_REJECTION; i++) {
        assertThat(lake.commit(batch(31, 40))).isInstanceOf(CommitOutcome.Failed.class);
      }
      Files.move(hidden, second);
      assertThat(lake.commit(batch(31, 40))).isEqualTo(new CommitOutcome.Committed(40));
    }
    try (Lake lake = files.open()) {
      Files.move(second, hidden);
      for (int i = 1; i < LakeTable.LOADS_BEFORE_REJECTION; i++) {
        assertThat(lake.commit(batch(41, 50))).isInstanceOf(CommitOutcome.Failed.class);
      }
      assertThat(lake.commit(batch(41, 50))).isInstanceOf(CommitOutcome.Rejected.class);
    }
    Files.move(hidden, second);
    assertThat(files.typed(EMAIL)).hasSize(20);
  }

  private static void commitTwiceAndCutTheLogOff(Lake lake) {
    commit(lake, batch(101, 110));
    commit(lake, batch(111, 120));
    try {
      for (Table table : List.of(LANDING, EMAIL, SMS)) {
        lake.erasure(_ -> false).purge(table);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void twoJournalsKeepTheirOwnPositionsInOneLake() throws Exception {
    try (Lake other = files.open(OTHER, local -> local);
        Lake lake = files.open()) {
      lake.commit(batch(1, 10));
      other.commit(batch(1, 4));

      assertThat(lake.landedThrough()).isEqualTo(10);
      assertThat(other.landedThrough()).isEqualTo(4);
    }
  }

  @Test
  void filesThatAnotherCommitTookAwayAreNoHindrance() throws Exception {
    try (Lake other = files.open(OTHER, local -> local);
        Lake lake = openWatched()) {
      lake.commit(batch(1, 10));
      var everything =
          new Replacement(at(0), at(999), Set.of(new Replacement.Key("test", "key-3")), List.of());
      storage.get().beforeNextCommit(() -> replace(other, everything));

      assertThat(lake.commit(batch(11, 20))).isEqualTo(new CommitOutcome.Committed(20));
    }
    assertThat(files.typed(EMAIL)).hasSize(9).doesNotContain(3L);
  }

  @Test
  void onlyWhatOurOwnEarlierRunsLeftIsDeleted() throws Exception {
    try (Lake lake = files.open()) {
      lake.commit(batch(1, 10));
    }
    Path partition = Path.of(files.snapshot(EMAIL).files().getFirst().path()).getParent();
    Path log = directory.resolve(EMAIL.path()).resolve("_delta_log");
    Path ours = file(partition, "hooklake-" + LakeUnderTest.JOURNAL + "-0badcafe-1.parquet");
    Path ourCommit = file(log, ".hooklake-" + LakeUnderTest.JOURNAL + "-0badcafe-2.tmp");
    Path ofAnotherJournal = file(partition, "hooklake-" + OTHER + "-0badcafe-1.parquet");
    Path ofSpark = file(partition, "part-00000-1b2c.c000.snappy.parquet");

    try (Lake lake = files.open()) {
      lake.commit(batch(11, 20));
    }

    assertThat(ours).doesNotExist();
    assertThat(ourCommit).doesNotExist();
    assertThat(ofAnotherJournal).exists();
    assertThat(ofSpark).exists();
    assertThat(files.typed(EMAIL)).hasSize(10);
  }

  @Test
  void filesOfOlderVersionsStayForTheirReaders() throws Exception {
    List<TableSnapshot.DataFile> older;
    try (Lake lake = files.open()) {
      lake.commit(batch(1, 10));
      older = files.snapshot(EMAIL).files();
      replace(
          lake,
          new Replacement(at(0), at(999), Set.of(new Replacement.Key("test", "key-3")), List.of()));
    }

    try (Lake lake = files.open()) {
      lake.commit(batch(11, 20));
    }

    assertThat(files.snapshot(EMAIL).files()).doesNotContainAnyElementsOf(older);
    assertThat(Path.of(older.getFirst().path())).exists();
  }

  private Lake openWatched() {
    return files.open(local -> {
      storage.set(new FaultyStorage(local));
      return storage.get();
    });
  }

  private long dataFiles(int after) {
    return storage.get().writes().stream()
        .skip(after)
        .filter(file -> file.endsWith(".parquet"))
        .count();
  }

  private static Path file(Path directory, String name) throws Exception {
    return Files.writeString(directory.resolve(name), "left behind");
  }

  private static void commit(Lake lake, Batch batch) {
    try {
      assertThat(lake.commit(batch)).isInstanceOf(CommitOutcome.Committed.class);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void replace(Lake lake, Replacement replacement) {
    try {
      lake.replace(EMAIL, replacement);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
