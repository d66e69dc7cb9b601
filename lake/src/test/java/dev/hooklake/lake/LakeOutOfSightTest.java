package dev.hooklake.lake;

import static dev.hooklake.lake.LakeUnderTest.sequences;
import static dev.hooklake.lake.TestTables.EMAIL;
import static dev.hooklake.lake.TestTables.LANDING;
import static dev.hooklake.lake.TestTables.SMS;
import static dev.hooklake.lake.TestTables.batch;
import static dev.hooklake.lake.TestTables.batchOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.sources.event.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The lake's volume goes away under an open lake, and an empty directory is in its place.
class LakeOutOfSightTest {
  private static final String SAYS_SO = "is the lake's volume mounted?";
  private static final Table PUSH =
      Table.of(
          "push_events", "processed_events/push_events", EMAIL.partitionColumn(), EMAIL.columns());

  @TempDir Path folder;
  private Path root;
  private Path away;
  private LakeUnderTest files;

  @BeforeEach
  void makeRoot() throws Exception {
    root = Files.createDirectory(folder.resolve("lake"));
    away = folder.resolve("away");
    files = new LakeUnderTest(root);
  }

  @Test
  void anEmptyDirectoryInItsPlaceTakesNoCommit() throws Exception {
    try (Lake lake = files.open()) {
      lake.commit(batch(1, 10));
      takeAway();
      Files.createDirectory(root);

      assertThat(failure(lake.commit(batch(11, 20)))).contains(SAYS_SO);
      assertThat(failure(lake.commit(batch(11, 20))))
          .as("nothing known any more")
          .contains(SAYS_SO);
      assertThatThrownBy(lake::landedThrough).hasMessageContaining(SAYS_SO);
      assertThat(entries(root)).isEmpty();

      bringBack();
      assertThat(lake.commit(batch(11, 20))).isEqualTo(new CommitOutcome.Committed(20));
    }
    assertEachRowOnce(20);
  }

  @Test
  void norDoesItAfterTheRootWasGoneAltogether() throws Exception {
    try (Lake lake = files.open()) {
      lake.commit(batch(1, 10));
      takeAway();
      assertThat(failure(lake.commit(batch(11, 20)))).contains(SAYS_SO);
      assertThat(root).doesNotExist();
      Files.createDirectory(root);
      assertThat(failure(lake.commit(batch(11, 20)))).contains(SAYS_SO);

      bringBack();
      assertThat(lake.commit(batch(11, 20))).isEqualTo(new CommitOutcome.Committed(20));
    }
    assertEachRowOnce(20);
  }

  @Test
  void aTableThatHadNoRowsYetIsNotBegunThere() throws Exception {
    try (Lake lake = files.open()) {
      lake.commit(batch(1, 10));
      takeAway();
      Files.createDirectory(root);
      assertThat(failure(lake.commit(batchOf(PUSH, 11, "extra", "x")))).contains(SAYS_SO);
      assertThat(entries(root)).isEmpty();

      bringBack();
      assertThat(lake.commit(batchOf(PUSH, 11, "extra", "x")))
          .isEqualTo(new CommitOutcome.Committed(11));
    }
    assertThat(files.landed()).isEqualTo(sequences(1, 11));
    assertThat(files.typed(PUSH)).containsExactly(11L);
  }

  @Test
  void whatACommitPutThereInTheLastMomentIsPutIntoTheLakeOnceThatIsBack() throws Exception {
    var storage = new AtomicReference<FaultyStorage>();
    try (Lake lake =
        files.open(local -> {
          storage.set(new FaultyStorage(local));
          return storage.get();
        })) {
      lake.commit(batch(1, 10));
      storage.get().beforeNextCommit(this::exchangeForOneThatTakesPush);

      assertThat(failure(lake.commit(batchOf(PUSH, 11, "extra", "x")))).contains(SAYS_SO);
      assertThat(logOf(PUSH).resolve("%020d.json".formatted(0))).exists();
      Files.move(root, folder.resolve("exchanged"));
      Files.move(away, root);
      assertThat(lake.commit(batchOf(PUSH, 11, "extra", "x")))
          .isEqualTo(new CommitOutcome.Committed(11));
    }
    assertThat(files.landed()).isEqualTo(sequences(1, 11));
    assertThat(files.typed(PUSH)).containsExactly(11L);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLakeThatLostACommitTakesNone(boolean andItsChecksum) throws Exception {
    landTwice();
    try (Lake lake = files.open()) {
      assertThat(lake.landedThrough()).isEqualTo(20);
      Files.move(secondCommit(), hidden());
      if (andItsChecksum) {
        Files.delete(logOf(LANDING).resolve("%020d.crc".formatted(1)));
      }

      assertThat(failure(lake.commit(batch(21, 30)))).contains(SAYS_SO);
      assertThat(failure(lake.commit(batch(21, 30)))).contains(SAYS_SO);
      Files.move(hidden(), secondCommit());
      assertThat(lake.commit(batch(21, 30))).isEqualTo(new CommitOutcome.Committed(30));
    }
    assertEachRowOnce(30);
  }

  @Test
  void whatALostCommitHoldsIsNotTakenForLeftovers() throws Exception {
    landTwice();
    Files.move(secondCommit(), hidden());
    Files.delete(logOf(LANDING).resolve("%020d.crc".formatted(1)));
    try (Lake lake = files.open()) {
      assertThat(lake.landedThrough()).isEqualTo(10);
    }
    Files.move(hidden(), secondCommit());
    assertEachRowOnce(20);
  }

  private void landTwice() throws Exception {
    try (Lake lake = files.open()) {
      lake.commit(batch(1, 10));
      lake.commit(batch(11, 20));
    }
  }

  private Path secondCommit() {
    return logOf(LANDING).resolve("%020d.json".formatted(1));
  }

  private Path hidden() {
    return folder.resolve("hidden.json");
  }

  @Test
  void whoReadsOrWorksBesideTheServerMakesNoRoot() throws Exception {
    Files.delete(root);
    LakeSettings settings = LakeSettings.in(root);

    assertThat(LakeReader.open(settings).snapshot(LANDING)).isEmpty();
    try (Lake lake = Lake.openExisting(settings, UUID.randomUUID(), InstantSource.system())) {
      assertThat(lake.maintenance(files.maintenance()).shape(LANDING)).isEmpty();
    }
    assertThat(root).doesNotExist();
    Lake.open(settings, UUID.randomUUID(), InstantSource.system()).close();
    assertThat(root).isDirectory();
  }

  private void exchangeForOneThatTakesPush() {
    try {
      takeAway();
      Files.createDirectories(logOf(PUSH));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path logOf(Table table) {
    return root.resolve(table.path()).resolve("_delta_log");
  }

  private void takeAway() throws IOException {
    Files.move(root, away);
  }

  /// Fails when something was put in its place.
  private void bringBack() throws IOException {
    Files.delete(root);
    Files.move(away, root);
  }

  private static String failure(CommitOutcome outcome) {
    assertThat(outcome).isInstanceOf(CommitOutcome.Failed.class);
    return ((CommitOutcome.Failed) outcome).reason();
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.toList();
    }
  }

  private void assertEachRowOnce(long last) throws Exception {
    assertThat(files.landed()).isEqualTo(sequences(1, last));
    assertThat(
            Stream.concat(files.typed(EMAIL).stream(), files.typed(SMS).stream()).sorted().toList())
        .isEqualTo(sequences(1, last));
  }
}
