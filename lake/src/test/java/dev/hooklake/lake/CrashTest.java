package dev.hooklake.lake;

import static dev.hooklake.lake.LakeUnderTest.sequences;
import static dev.hooklake.lake.TestTables.EMAIL;
import static dev.hooklake.lake.TestTables.LANDING;
import static dev.hooklake.lake.TestTables.SMS;
import static dev.hooklake.lake.TestTables.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.lake.FaultyStorage.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Three tables take part in a batch: three data files and three commits, six writes.
class CrashTest {
  private static final String EVERY_WRITE_BOTH_WAYS =
      "0,BEFORE\n0,AFTER\n1,BEFORE\n1,AFTER\n2,BEFORE\n2,AFTER\n"
          + "3,BEFORE\n3,AFTER\n4,BEFORE\n4,AFTER\n5,BEFORE\n5,AFTER";

  @TempDir Path directory;
  private LakeUnderTest files;

  @BeforeEach
  void openFiles() {
    files = new LakeUnderTest(directory);
  }

  @ParameterizedTest
  @CsvSource(textBlock = EVERY_WRITE_BOTH_WAYS)
  void aProcessKilledAtAnyWriteGoesOnWithoutLossOrRepeat(int write, Fault fault) throws Exception {
    try (Lake lake = files.open()) {
      lake.commit(batch(1, 10));
    }
    try (Lake killed =
        files.open(storage -> new FaultyStorage(storage).failing(write, fault).killing())) {
      assertThat(killed.commit(batch(11, 20))).isInstanceOf(CommitOutcome.Failed.class);
    }

    try (Lake lake = files.open()) {
      long landed = lake.landedThrough();
      assertThat(landed).isIn(10L, 20L);
      assertThat(lake.commit(batch(landed + 1, 23))).isEqualTo(new CommitOutcome.Committed(23));
    }

    assertEachRowOnce(23);
    assertNoStrays();
  }

  @ParameterizedTest
  @CsvSource(textBlock = EVERY_WRITE_BOTH_WAYS)
  void theVeryFirstBatchMayBeKilledToo(int write, Fault fault) throws Exception {
    try (Lake killed =
        files.open(storage -> new FaultyStorage(storage).failing(write, fault).killing())) {
      assertThat(killed.commit(batch(1, 10))).isInstanceOf(CommitOutcome.Failed.class);
    }

    try (Lake lake = files.open()) {
      lake.commit(batch(lake.landedThrough() + 1, 13));
      lake.commit(batch(14, 20));
    }

    assertEachRowOnce(20);
    assertNoStrays();
  }

  /// Else a server that dies at each start would fill the disk.
  @Test
  void whatACrashLeftIsGoneBeforeTheNextCommit() throws Exception {
    try (Lake lake = files.open()) {
      lake.commit(batch(1, 10));
    }
    commitAndDieAtTheFirstCommit(() -> {});
    List<String> left = files.strays(EMAIL);
    assertThat(left).isNotEmpty();

    commitAndDieAtTheFirstCommit(() -> {
      long latest = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
      while (left.stream().anyMatch(file -> Files.exists(Path.of(file)))
          && System.nanoTime() < latest) {
        Thread.onSpinWait();
      }
    });

    assertThat(files.strays(EMAIL)).hasSize(1).doesNotContainAnyElementsOf(left);
  }

  private void commitAndDieAtTheFirstCommit(Runnable before) throws Exception {
    try (Lake killed =
        files.open(local -> {
          var storage = new FaultyStorage(local).failing(".json", Fault.BEFORE).killing();
          storage.beforeNextCommit(before);
          return storage;
        })) {
      // Of one channel table, whose commit comes first.
      assertThat(killed.commit(batch(11, 11))).isInstanceOf(CommitOutcome.Failed.class);
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = EVERY_WRITE_BOTH_WAYS)
  void oneFailedWriteIsMadeGoodInTheSameCommit(int write, Fault fault) throws Exception {
    try (Lake lake = files.open(storage -> new FaultyStorage(storage).failing(write, fault))) {
      assertThat(lake.commit(batch(1, 10))).isEqualTo(new CommitOutcome.Committed(10));
      assertThat(lake.commit(batch(11, 20))).isEqualTo(new CommitOutcome.Committed(20));
    }

    assertEachRowOnce(20);
    assertNoStrays();
  }

  @Test
  void afterACrashBeforeLandingTheBatchMayComeInOtherPieces() throws Exception {
    try (Lake lake = files.open()) {
      lake.commit(batch(1, 10));
    }
    int landingCommit = 5;
    try (Lake killed =
        files.open(
            local -> new FaultyStorage(local).failing(landingCommit, Fault.BEFORE).killing())) {
      killed.commit(batch(11, 20));
    }

    try (Lake lake = files.open()) {
      assertThat(lake.landedThrough()).isEqualTo(10);
      lake.commit(batch(11, 13));
      lake.commit(batch(14, 18));
      lake.commit(batch(19, 30));
    }

    assertEachRowOnce(30);
    assertNoStrays();
  }

  @Test
  void aCommitThatIsFoundIsSyncedBeforeItIsTrusted() throws Exception {
    try (Lake lake = files.open()) {
      lake.commit(batch(1, 10));
    }
    var storage = new AtomicReference<FaultyStorage>();
    try (Lake lake =
        files.open(local -> {
          storage.set(new FaultyStorage(local));
          return storage.get();
        })) {
      storage.get().setFailingSyncs(true);
      assertThatThrownBy(lake::landedThrough).hasMessageContaining("not synced");
      assertThat(lake.commit(batch(1, 10))).isInstanceOf(CommitOutcome.Failed.class);

      storage.get().setFailingSyncs(false);
      assertThat(lake.commit(batch(1, 10))).isEqualTo(new CommitOutcome.Committed(10));
    }
    assertThat(storage.get().synced())
        .hasSize(3)
        .allMatch(directory -> directory.endsWith("/_delta_log"))
        .anyMatch(directory -> directory.endsWith(LANDING.path() + "/_delta_log"));
    assertEachRowOnce(10);
  }

  @Test
  void anInterruptedCommitMayBeMadeAgain() throws Exception {
    try (Lake lake = files.open()) {
      lake.commit(batch(1, 10));
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> lake.commit(batch(11, 20))).isInstanceOf(InterruptedException.class);

      assertThat(lake.commit(batch(11, 20))).isEqualTo(new CommitOutcome.Committed(20));
    }

    assertEachRowOnce(20);
  }

  @Test
  void whileStorageIsDownACommitFailsAndLaterTheSameSucceeds() throws Exception {
    var storage = new AtomicReference<FaultyStorage>();
    try (Lake lake =
        files.open(local -> {
          storage.set(new FaultyStorage(local));
          return storage.get();
        })) {
      lake.commit(batch(1, 10));
      storage.get().setDown(true);
      assertThat(lake.commit(batch(11, 20))).isInstanceOf(CommitOutcome.Failed.class);
      storage.get().setDown(false);
      assertThat(lake.commit(batch(11, 20))).isEqualTo(new CommitOutcome.Committed(20));
    }

    assertEachRowOnce(20);
  }

  private void assertEachRowOnce(long last) throws Exception {
    assertThat(files.landed()).isEqualTo(sequences(1, last));
    List<Long> typed = new ArrayList<>(files.typed(EMAIL));
    typed.addAll(files.typed(SMS));
    assertThat(typed).containsExactlyInAnyOrderElementsOf(sequences(1, last));
  }

  private void assertNoStrays() throws Exception {
    assertThat(files.strays(LANDING)).isEmpty();
    assertThat(files.strays(EMAIL)).isEmpty();
    assertThat(files.strays(SMS)).isEmpty();
  }
}
