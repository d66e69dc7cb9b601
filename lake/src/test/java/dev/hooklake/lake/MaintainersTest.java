package dev.hooklake.lake;

import static dev.hooklake.lake.LakeUnderTest.sequences;
import static dev.hooklake.lake.TestTables.EMAIL;
import static dev.hooklake.lake.TestTables.LANDING;
import static dev.hooklake.lake.TestTables.at;
import static dev.hooklake.lake.TestTables.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.lake.MaintenanceStep.Compacted;
import dev.hooklake.lake.MaintenanceStep.Failed;
import dev.hooklake.sources.event.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Maintenance beside others who change the same tables.
class MaintainersTest {
  private static final InstantSource LATER =
      InstantSource.offset(InstantSource.system(), Duration.ofHours(2));

  @TempDir Path directory;
  private LakeUnderTest files;
  private final AtomicReference<FaultyStorage> storage = new AtomicReference<>();

  @BeforeEach
  void smallFiles() throws Exception {
    files = new LakeUnderTest(directory.resolve("lake"));
    try (Lake lake = files.open()) {
      for (long first = 1; first < 20; first += 4) {
        lake.commit(batch(first, first + 3));
      }
    }
  }

  @Test
  void aBatchCommittedInBetweenStays() throws Exception {
    try (Lake appender = files.open();
        Lake lake = openWatched()) {
      appender.landedThrough();
      storage.get().beforeNextCommit(() -> commit(appender, 21, 24));

      assertThat(tidy(lake, LANDING)).hasAtLeastOneElementOfType(Compacted.class);
      assertThat(appender.commit(batch(25, 28))).isEqualTo(new CommitOutcome.Committed(28));
    }
    assertThat(files.landed()).isEqualTo(sequences(1, 28));
  }

  @Test
  void ofTwoMaintainersOneWinsAndTheOtherFindsNothingLeftToDo() throws Exception {
    try (Lake other = files.open(UUID.randomUUID(), local -> local, LATER);
        Lake lake = openWatched()) {
      storage.get().beforeNextCommit(() -> tidyQuietly(other, LANDING));

      assertThat(tidy(lake, LANDING)).doesNotHaveAnyElementsOfTypes(Failed.class, Compacted.class);
    }
    assertThat(files.landed()).isEqualTo(sequences(1, 20));
    assertThat(files.snapshot(LANDING).files()).hasSize(1);
    assertThat(files.strays(LANDING)).as("the files of the older version").hasSize(5);
  }

  @Test
  void aRowThatIsErasedWhileItsFileIsCompactedDoesNotComeBack() throws Exception {
    try (Lake other = files.open(UUID.randomUUID(), local -> local, LATER);
        Lake lake = openWatched()) {
      storage.get().beforeNextCommit(() -> erase(other, 3));

      assertThat(tidy(lake, EMAIL)).hasAtLeastOneElementOfType(Compacted.class);
    }
    assertThat(files.typed(EMAIL)).hasSize(9).doesNotContain(3L);
    assertThat(files.snapshot(EMAIL).files()).hasSize(1);
  }

  @Test
  void aRowIsErasedAlthoughItsFileIsCompactedMeanwhile() throws Exception {
    try (Lake other = files.open(UUID.randomUUID(), local -> local, LATER);
        Lake lake = openWatched()) {
      storage.get().beforeNextCommit(() -> tidyQuietly(other, EMAIL));

      erase(lake, 3);
    }
    assertThat(files.typed(EMAIL)).hasSize(9).doesNotContain(3L);
  }

  /// One appends, two maintain, one replaces, all at once and without any order between them.
  @Test
  void everyoneAtOnceLeavesEachRowOnce() throws Exception {
    var appending = new AtomicBoolean(true);
    try (Lake lake = files.open();
        Lake second = files.open(UUID.randomUUID(), local -> local, LATER);
        Lake third = files.open(UUID.randomUUID(), local -> local, LATER);
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Integer>> all =
          List.of(
              () -> append(lake, appending),
              () -> maintain(second, appending),
              () -> maintain(third, appending),
              () -> eraseAll(third, List.of(1L, 5L, 9L, 13L)));
      List<Future<Integer>> done = threads.invokeAll(all, 5, TimeUnit.MINUTES);
      int steps = done.get(1).get() + done.get(2).get();
      assertThat(done.get(0).get()).isEqualTo(15);
      assertThat(steps).as("compactions").isPositive();
      assertThat(done.get(3).get()).isEqualTo(4);
    }
    assertThat(files.landed()).isEqualTo(sequences(1, 80));
    assertThat(files.typed(EMAIL)).hasSize(36).doesNotHaveDuplicates().doesNotContain(1L, 5L);
  }

  private int append(Lake lake, AtomicBoolean appending) throws InterruptedException {
    try {
      int commits = 0;
      for (long first = 21; first < 80; first += 4) {
        assertThat(lake.commit(batch(first, first + 3)))
            .isEqualTo(new CommitOutcome.Committed(first + 3));
        commits++;
      }
      return commits;
    } finally {
      appending.set(false);
    }
  }

  private int maintain(Lake lake, AtomicBoolean appending) throws InterruptedException {
    int compactions = 0;
    while (appending.get()) {
      for (Table table : List.of(LANDING, EMAIL)) {
        List<MaintenanceStep> steps = tidy(lake, table);
        compactions += (int) steps.stream().filter(Compacted.class::isInstance).count();
      }
    }
    return compactions;
  }

  private static int eraseAll(Lake lake, List<Long> sequences) throws IOException {
    for (long sequence : sequences) {
      eraseAtLast(lake, sequence);
    }
    return sequences.size();
  }

  /// Others may be faster every time; then the same call is made again.
  private static void eraseAtLast(Lake lake, long sequence) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        replace(lake, sequence);
        return;
      } catch (IOException e) {
        if (attempt == 20) {
          throw e;
        }
      }
    }
  }

  private Lake openWatched() {
    return files.open(
        UUID.randomUUID(),
        local -> {
          storage.set(new FaultyStorage(local));
          return storage.get();
        },
        LATER);
  }

  private List<MaintenanceStep> tidy(Lake lake, Table table) throws InterruptedException {
    var steps = new ArrayList<MaintenanceStep>();
    // Two small files are enough, also while they are new.
    var eager =
        new MaintenanceSettings(128 << 20, 2, Duration.ofDays(3), Map.of(), files.scratch(), 128);
    lake.maintenance(eager).tidy(table, steps::add);
    return steps;
  }

  private void tidyQuietly(Lake lake, Table table) {
    try {
      assertThat(tidy(lake, table)).doesNotHaveAnyElementsOfTypes(Failed.class);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void commit(Lake lake, long first, long last) {
    try {
      assertThat(lake.commit(batch(first, last))).isEqualTo(new CommitOutcome.Committed(last));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void erase(Lake lake, long sequence) {
    try {
      replace(lake, sequence);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void replace(Lake lake, long sequence) throws IOException {
    lake.replace(
        EMAIL,
        new Replacement(
            at(0), at(999), Set.of(new Replacement.Key("test", "key-" + sequence)), List.of()));
  }
}
