package dev.hooklake.journal.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.journal.disk.DiskFullException;
import dev.hooklake.journal.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class KeyIndexTest {

  private static final Path DIRECTORY = Path.of("/keys");
  private static final UUID JOURNAL = new UUID(1, 2);
  private static final long NOW = 1_770_000_000_000L;

  private final SimulatedDisk disk = new SimulatedDisk(new Random(1));

  private KeyIndex open() throws IOException {
    return KeyIndex.open(disk, DIRECTORY, JOURNAL, Duration.ofDays(8));
  }

  private static void mergeAll(KeyIndex index) throws IOException {
    boolean more = true;
    while (more) {
      more = index.merge(() -> false);
    }
  }

  private List<Path> runs() {
    return disk.files().stream().filter(file -> file.toString().endsWith(".keys")).toList();
  }

  /// Adds `count` keys of the seed and writes them as the run of the records from `first` on.
  private static void addRun(KeyIndex index, long seed, int count, long first) throws IOException {
    Random keys = new Random(seed);
    for (int i = 0; i < count; i++) {
      index.add(keys.nextLong(), keys.nextLong(), NOW);
    }
    index.closeTable(first, first + count - 1);
    assertThat(index.build()).isTrue();
  }

  private static void assertKnown(KeyIndex index, long seed, int count, boolean known)
      throws IOException {
    Random keys = new Random(seed);
    for (int i = 0; i < count; i++) {
      assertThat(index.contains(keys.nextLong(), keys.nextLong())).isEqualTo(known);
    }
  }

  @Test
  void keysOfManyBlocksAreFoundAndOthersAreNot() throws Exception {
    try (KeyIndex index = open()) {
      addRun(index, 7, 5000, 1);
      assertKnown(index, 7, 5000, true);
      assertKnown(index, 8, 5000, false);
    }
  }

  @Test
  void eightRunsBecomeOne() throws Exception {
    try (KeyIndex index = open()) {
      for (int run = 0; run < 8; run++) {
        addRun(index, run, 300, run * 300 + 1);
      }
      mergeAll(index);
      assertThat(runs()).hasSize(1);
      assertThat(index.knownKeys()).isEqualTo(2400);
      assertThat(index.covers(1, 2400)).isTrue();
    }
    try (KeyIndex index = open()) {
      for (int run = 0; run < 8; run++) {
        assertKnown(index, run, 300, true);
      }
    }
  }

  @Test
  void partsLeftBesideTheirMergedRunAreDeletedAtStart() throws Exception {
    try (KeyIndex index = open()) {
      for (int run = 0; run < 8; run++) {
        addRun(index, run, 300, run * 300 + 1);
      }
      Path part = runs().get(3);
      byte[] bytes = disk.bytes(part);
      mergeAll(index);
      disk.put(part, bytes);
    }
    assertThat(runs()).hasSize(2);
    try (KeyIndex index = open()) {
      assertThat(runs()).hasSize(1);
      assertThat(index.knownKeys()).isEqualTo(2400);
    }
  }

  @Test
  void aMergeToldToStopChangesNothing() throws Exception {
    try (KeyIndex index = open()) {
      for (int run = 0; run < 8; run++) {
        addRun(index, run, 10_000, run * 10_000 + 1);
      }
      assertThat(index.merge(() -> true)).isFalse();
      assertThat(runs()).hasSize(8);
      assertKnown(index, 3, 10_000, true);
    }
  }

  @Test
  void aMergeWithoutRoomGivesBackWhatItTook() throws Exception {
    try (KeyIndex index = open()) {
      for (int run = 0; run < 8; run++) {
        addRun(index, run, 300, run * 300 + 1);
      }
      List<Path> before = disk.files();
      long used = disk.used();
      disk.capacity(used + 10_000);
      assertThatThrownBy(() -> mergeAll(index)).isInstanceOf(DiskFullException.class);
      assertThat(disk.files()).isEqualTo(before);
      assertThat(disk.used()).isEqualTo(used);
      assertKnown(index, 3, 300, true);

      disk.capacity(Long.MAX_VALUE);
      mergeAll(index);
      assertThat(runs()).hasSize(1);
    }
  }

  @Test
  void aTableWithoutRoomGivesBackWhatItTookAndGoesOnWaiting() throws Exception {
    try (KeyIndex index = open()) {
      index.add(1, 2, NOW);
      index.closeTable(1, 1);
      disk.capacity(1000);
      assertThatThrownBy(index::build).isInstanceOf(DiskFullException.class);
      assertThat(disk.files()).isEmpty();
      assertThat(index.contains(1, 2)).isTrue();

      disk.capacity(Long.MAX_VALUE);
      assertThat(index.build()).isTrue();
      assertThat(index.contains(1, 2)).isTrue();
    }
  }

  @Test
  @Timeout(60)
  void aLongMergeKeepsNobodyWaitingWhoHasATableToBuild() throws Exception {
    try (KeyIndex index = open()) {
      for (int run = 0; run < 8; run++) {
        addRun(index, run, 10_000, run * 10_000 + 1);
      }
      CountDownLatch merging = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      FutureTask<Boolean> merge =
          new FutureTask<>(() ->
              index.merge(() -> {
                merging.countDown();
                awaitUnchecked(goOn);
                return false;
              }));
      Thread.ofPlatform().daemon().start(merge);
      merging.await();
      addRun(index, 8, 100, 80_001);
      assertThat(index.covers(80_001, 80_100)).isTrue();
      goOn.countDown();
      assertThat(merge.get()).isTrue();
      for (int run = 0; run < 8; run++) {
        assertKnown(index, run, 10_000, true);
      }
      assertKnown(index, 8, 100, true);
    }
  }

  @Test
  void tablesThatComeToWaitDuringAMergeAreBuiltMeanwhile() throws Exception {
    try (KeyIndex index = open()) {
      for (int run = 0; run < 8; run++) {
        addRun(index, run, 10_000, run * 10_000 + 1);
      }
      List<Integer> waiting = new ArrayList<>();
      index.add(1, 2, NOW);
      index.closeTable(80_001, 80_001);
      index.merge(() -> {
        waiting.add(index.waitingTables());
        return false;
      });
      assertThat(waiting).containsExactly(0);
      assertThat(index.contains(1, 2)).isTrue();
    }
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts it", e);
    }
  }

  @Test
  void aRunThatSpansOthersAndIsNotMergedOfThemDoesNotReplaceThem() throws Exception {
    try (KeyIndex index = open()) {
      for (int run = 0; run < 7; run++) {
        addRun(index, run, 300, run * 300 + 1);
      }
      KeyTable stretched = new KeyTable();
      stretched.add(1, 2, NOW);
      index.build(stretched, 1, 2100);
    }
    try (KeyIndex index = open()) {
      mergeAll(index);
    }
    try (KeyIndex index = open()) {
      assertThat(runs()).hasSize(1);
      assertThat(index.contains(1, 2)).isTrue();
      for (int run = 0; run < 7; run++) {
        assertKnown(index, run, 300, true);
      }
    }
  }

  @Test
  void keysThatShareTheirHighHalfAcrossBlocksAreFound() throws Exception {
    try (KeyIndex index = open()) {
      for (long low = 0; low < 1000; low++) {
        index.add(42, low, NOW);
      }
      index.closeTable(1, 1000);
      index.build();
      for (long low = 0; low < 1000; low++) {
        assertThat(index.contains(42, low)).isTrue();
      }
      assertThat(index.contains(42, 1000)).isFalse();
    }
  }

  @Test
  void theKeyOfZerosIsAKey() throws Exception {
    try (KeyIndex index = open()) {
      assertThat(index.contains(0, 0)).isFalse();
      index.add(0, 0, NOW);
      assertThat(index.contains(0, 0)).isTrue();
      index.closeTable(1, 1);
      index.build();
      assertThat(index.contains(0, 0)).isTrue();
    }
  }

  @Test
  void aChangedByteInAKeyBlockStopsTheLookUpThatMeetsIt() throws Exception {
    try (KeyIndex index = open()) {
      addRun(index, 7, 100, 1);
      disk.flip(runs().getFirst(), 500, 0);
      assertThatThrownBy(() -> assertKnown(index, 7, 100, true))
          .isInstanceOf(RunDamagedException.class)
          .hasMessageContaining("key block 0");
    }
  }

  @Test
  void aChangedByteBehindTheBlocksStopsTheStart() throws Exception {
    try (KeyIndex index = open()) {
      addRun(index, 7, 100, 1);
    }
    Path run = runs().getFirst();
    for (int at = KeyBlock.BYTES; at < disk.bytes(run).length; at++) {
      disk.flip(run, at, 5);
      assertThatThrownBy(this::open).isInstanceOf(RunDamagedException.class);
      disk.flip(run, at, 5);
    }
  }

  @Test
  void runsOfAnotherJournalAreRefused() throws Exception {
    try (KeyIndex index = open()) {
      addRun(index, 7, 100, 1);
    }
    assertThatThrownBy(() -> KeyIndex.open(disk, DIRECTORY, new UUID(3, 4), Duration.ofDays(8)))
        .hasMessageContaining("belongs to another journal");
  }
}
