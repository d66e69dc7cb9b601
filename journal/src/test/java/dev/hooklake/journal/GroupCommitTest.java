package dev.hooklake.journal;

import static dev.hooklake.journal.JournalFixture.append;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.journal.AppendOutcome.Appended;
import dev.hooklake.journal.AppendOutcome.Duplicate;
import dev.hooklake.journal.AppendOutcome.Failed;
import dev.hooklake.journal.disk.Faults.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Many callers, one sync held at a gate.
class GroupCommitTest {

  private final JournalFixture fixture = new JournalFixture(1);
  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch syncReached = new CountDownLatch(1);
  private final AtomicInteger syncs = new AtomicInteger();
  private final ConcurrentLinkedQueue<AppendOutcome> outcomes = new ConcurrentLinkedQueue<>();
  private volatile boolean syncFails;

  private void holdTheSync() {
    fixture.disk.faults(this::atTheGate);
  }

  private void atTheGate(Operation operation, Path file) throws IOException {
    if (operation != Operation.SYNC) {
      return;
    }
    syncs.incrementAndGet();
    syncReached.countDown();
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    if (syncFails) {
      throw new IOException("injected: sync failed");
    }
  }

  private List<Thread> appendFromFiftyThreads(Journal journal, boolean sameKey) throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String key = sameKey ? "the same" : "key " + i;
      threads.add(Thread.startVirtualThread(() -> appendTo(journal, key)));
    }
    syncReached.await();
    for (Thread thread : threads) {
      while (!awaitsTheWriter(thread)) {
        Thread.onSpinWait();
      }
    }
    return threads;
  }

  private static boolean awaitsTheWriter(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .filter(frame -> frame.getClassName().equals(PendingAppend.class.getName()))
        .anyMatch(frame -> frame.getMethodName().equals("await"));
  }

  private void appendTo(Journal journal, String key) {
    try {
      outcomes.add(append(journal, key));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void openTheGate(List<Thread> threads) throws InterruptedException {
    gate.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void ofFiftyCopiesOneIsAppendedAndNoneAnsweredBeforeTheSync() throws Exception {
    try (Journal journal = fixture.openWithThreads()) {
      holdTheSync();
      List<Thread> threads = appendFromFiftyThreads(journal, true);
      assertThat(outcomes).isEmpty();
      openTheGate(threads);
      assertThat(outcomes).hasSize(50).containsOnlyOnce(new Appended(1));
      assertThat(outcomes.stream().filter(new Duplicate()::equals)).hasSize(49);
    }
  }

  @Test
  void whenTheSyncFailsTheCopiesFailWithTheOriginal() throws Exception {
    try (Journal journal = fixture.openWithThreads()) {
      holdTheSync();
      syncFails = true;
      openTheGate(appendFromFiftyThreads(journal, true));
      assertThat(outcomes).hasSize(50).hasOnlyElementsOfType(Failed.class);
      assertThat(journal.status().writable()).isFalse();
      assertThat(append(journal, "another"))
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.reason()).contains("sync failed"));
    }
  }

  @Test
  void whatQueuesWhileASyncRunsSharesTheNextOne() throws Exception {
    try (Journal journal = fixture.openWithThreads()) {
      holdTheSync();
      openTheGate(appendFromFiftyThreads(journal, false));
      assertThat(outcomes).hasSize(50).hasOnlyElementsOfType(Appended.class);
      // One for those that came before the writer looked, one for all others.
      assertThat(syncs.get()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void readersSeeNothingBeforeTheSync() throws Exception {
    try (Journal journal = fixture.openWithThreads()) {
      JournalConsumer lake = journal.consumer("lake", 0);
      holdTheSync();
      List<Thread> threads = appendFromFiftyThreads(journal, false);
      assertThat(lake.read(100, 1 << 20, Duration.ZERO)).isEmpty();
      openTheGate(threads);
      assertThat(lake.read(100, 1 << 20, Duration.ZERO)).hasSize(50);
    }
  }

  @Test
  void closingLetsAppendsUnderWayFinish() throws Exception {
    Journal journal = fixture.openWithThreads();
    holdTheSync();
    List<Thread> threads = appendFromFiftyThreads(journal, false);
    Thread closing = Thread.startVirtualThread(() -> close(journal));
    openTheGate(threads);
    closing.join();
    assertThat(outcomes).hasSize(50).hasOnlyElementsOfType(Appended.class);
  }

  private static void close(Journal journal) {
    try {
      journal.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
