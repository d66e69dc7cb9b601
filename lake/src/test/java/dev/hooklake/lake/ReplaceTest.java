package dev.hooklake.lake;

import static dev.hooklake.lake.LakeUnderTest.sequences;
import static dev.hooklake.lake.TestTables.EMAIL;
import static dev.hooklake.lake.TestTables.SMS;
import static dev.hooklake.lake.TestTables.at;
import static dev.hooklake.lake.TestTables.batch;
import static dev.hooklake.lake.TestTables.day;
import static dev.hooklake.lake.TestTables.event;
import static dev.hooklake.sources.event.Tables.NAMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.lake.FaultyStorage.Fault;
import dev.hooklake.lake.Replacement.Replaced;
import dev.hooklake.sources.event.Row;
import io.delta.kernel.defaults.engine.fileio.FileIO;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplaceTest {
  @TempDir Path directory;
  private LakeUnderTest files;

  @BeforeEach
  void openFiles() {
    files = new LakeUnderTest(directory);
  }

  @Test
  void aPartitionIsReplacedWholeAndOthersStay() throws Exception {
    try (Lake lake = files.open()) {
      lake.replacePartition(NAMES, "one", List.of(name("one", 1, "a")));
      lake.replacePartition(NAMES, "two", List.of(name("two", 1, "b")));
      lake.replacePartition(NAMES, "one", List.of(name("one", 1, "c"), name("one", 2, "d")));
    }
    assertThat(
            files.query(NAMES, "SELECT source || ':' || id || ':' || name FROM $table ORDER BY 1"))
        .containsExactly("one:1:c", "one:2:d", "two:1:b");
  }

  private static Row name(String source, long id, String name) {
    return Row.in(NAMES)
        .set("kind", "campaign")
        .set("id", id)
        .set("parent_id", 0L)
        .set("name", name)
        .set("seen_at", at(1))
        .set("source", source)
        .build();
  }

  @Test
  void rowsOfTheseEventsGoAndOthersStay() throws Exception {
    try (Lake lake = files.open()) {
      lake.commit(batch(1, 10));
      lake.commit(batch(11, 20));

      assertThat(lake.replace(EMAIL, opened(3, 13))).isEqualTo(new Replaced(2, 2));
    }

    assertThat(files.query(EMAIL, "SELECT event_id || ':' || metric FROM $table ORDER BY 1"))
        .containsExactly(
            "key-11:delivered",
            "key-13:opened",
            "key-15:delivered",
            "key-17:delivered",
            "key-19:delivered",
            "key-1:delivered",
            "key-3:opened",
            "key-5:delivered",
            "key-7:delivered",
            "key-9:delivered");
  }

  @Test
  void aFileWithoutSuchARowIsNotTouched() throws Exception {
    try (Lake lake = files.open()) {
      lake.commit(batch(1, 10));
      String untouched = files.snapshot(EMAIL).files().getFirst().path();
      lake.commit(batch(11, 20));

      lake.replace(EMAIL, opened(13));

      assertThat(files.snapshot(EMAIL).files())
          .extracting(TableSnapshot.DataFile::path)
          .contains(untouched)
          .hasSize(3);
    }
  }

  @Test
  void twiceIsTheSameAsOnce() throws Exception {
    try (Lake lake = files.open()) {
      lake.commit(batch(1, 10));

      lake.replace(EMAIL, opened(3, 5));
      lake.replace(EMAIL, opened(3, 5));
    }

    assertThat(files.typed(EMAIL)).containsExactly(1L, 3L, 5L, 7L, 9L);
  }

  @Test
  void anEventMayMoveToAnotherTable() throws Exception {
    try (Lake lake = files.open()) {
      lake.commit(batch(1, 10));

      lake.replace(EMAIL, new Replacement(at(3), at(3), keys(3), List.of()));
      lake.replace(SMS, new Replacement(at(3), at(3), keys(3), List.of(event(SMS, 3))));
    }

    assertThat(files.typed(EMAIL)).containsExactly(1L, 5L, 7L, 9L);
    assertThat(files.typed(SMS)).containsExactly(2L, 3L, 4L, 6L, 8L, 10L);
  }

  @Test
  void aTableThatDoesNotExistYetIsCreated() throws Exception {
    try (Lake lake = files.open()) {
      assertThat(lake.replace(EMAIL, opened(3))).isEqualTo(new Replaced(0, 1));
      assertThat(lake.replace(SMS, new Replacement(at(3), at(3), keys(3), List.of())))
          .isEqualTo(new Replaced(0, 0));
      assertThat(lake.snapshot(SMS)).isEmpty();
    }

    assertThat(files.typed(EMAIL)).containsExactly(3L);
  }

  @Test
  void batchesGoOnAfterwardsExactlyOnce() throws Exception {
    try (Lake lake = files.open()) {
      lake.commit(batch(1, 10));
      lake.replace(EMAIL, opened(3));
      lake.commit(batch(5, 20));
      assertThat(lake.landedThrough()).isEqualTo(20);
    }

    assertThat(files.landed()).isEqualTo(sequences(1, 20));
    assertThat(files.typed(EMAIL)).hasSize(10).doesNotHaveDuplicates();
  }

  @Test
  void aBatchThatIsCommittedMeanwhileStays() throws Exception {
    var storage = new AtomicReference<FaultyStorage>();
    try (Lake other = files.open(UUID.randomUUID(), local -> local);
        Lake lake = files.open(local -> faulty(storage, local))) {
      lake.commit(batch(1, 10));
      storage.get().beforeNextCommit(() -> commitQuietly(other, batch(11, 20)));

      assertThat(lake.replace(EMAIL, opened(3))).isEqualTo(new Replaced(1, 1));
    }

    assertThat(files.typed(EMAIL)).hasSize(10).doesNotHaveDuplicates();
    assertThat(files.strays(EMAIL)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aLostAnswerToTheCommitDoesNoHarm(Fault fault) throws Exception {
    var storage = new AtomicReference<FaultyStorage>();
    try (Lake lake = files.open(local -> faulty(storage, local))) {
      lake.commit(batch(1, 10));
      int rewrittenNewThenLog = storage.get().writes().size() + 2;
      storage.get().failing(rewrittenNewThenLog, fault);

      lake.replace(EMAIL, opened(3));
    }

    assertThat(files.typed(EMAIL)).containsExactly(1L, 3L, 5L, 7L, 9L);
  }

  @Test
  void aFailureSaysWhichTableAndLeavesItAsItWas() throws Exception {
    var storage = new AtomicReference<FaultyStorage>();
    try (Lake lake = files.open(local -> faulty(storage, local))) {
      lake.commit(batch(1, 10));
      storage.get().setDown(true);

      assertThatThrownBy(() -> lake.replace(EMAIL, opened(3)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("email_events")
          .hasMessageContaining("storage is down");
    }

    assertThat(files.typed(EMAIL)).containsExactly(1L, 3L, 5L, 7L, 9L);
  }

  private static FaultyStorage faulty(AtomicReference<FaultyStorage> storage, FileIO local) {
    storage.set(new FaultyStorage(local));
    return storage.get();
  }

  private static void commitQuietly(Lake lake, Batch batch) {
    try {
      assertThat(lake.commit(batch)).isInstanceOf(CommitOutcome.Committed.class);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Replacement opened(long... sequences) {
    List<Row> rows =
        Arrays.stream(sequences)
            .mapToObj(sequence -> event(EMAIL, sequence, "opened", day(sequence)))
            .toList();
    return new Replacement(at(1), at(1000), keys(sequences), rows);
  }

  private static Set<Replacement.Key> keys(long... sequences) {
    return Arrays.stream(sequences)
        .mapToObj(sequence -> new Replacement.Key("test", "key-" + sequence))
        .collect(Collectors.toSet());
  }
}
