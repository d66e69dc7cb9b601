package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.journal.AppendOutcome;
import dev.hooklake.journal.EmbeddedJournal;
import dev.hooklake.journal.Entry;
import dev.hooklake.journal.EventKey;
import dev.hooklake.journal.Journal;
import dev.hooklake.journal.JournalSettings;
import dev.hooklake.journal.disk.Faults.Operation;
import dev.hooklake.journal.disk.SimulatedDisk;
import dev.hooklake.server.fake.ManualClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The real journal on a simulated disk; nobody appends while it is not ready.
@Timeout(60)
final class JournalReadinessTest {
  private static final int SEGMENT_BYTES = 4096;
  private static final String FULL = "the journal is full";
  private final SimulatedDisk disk = new SimulatedDisk(new Random(1));

  private Journal open() throws IOException {
    var settings =
        new JournalSettings(
            Path.of("/journal"),
            4 * SEGMENT_BYTES,
            SEGMENT_BYTES,
            Duration.ofDays(8),
            1024,
            Set.of("lake"));
    return EmbeddedJournal.open(settings, disk, new ManualClock());
  }

  private static AppendOutcome append(Journal journal, int number) throws InterruptedException {
    EventKey key = EventKey.of("test", "event " + number);
    return journal.append(List.of(new Entry(key, ByteBuffer.allocate(200)))).getFirst();
  }

  private static void assertNotReady(Journal journal, String why) {
    assertThat(new JournalReadiness(journal).obstacle())
        .hasValueSatisfying(obstacle -> assertThat(obstacle).contains(why));
  }

  private static void awaitReady(Journal journal) throws InterruptedException {
    while (new JournalReadiness(journal).obstacle().isPresent()) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
      if (Thread.interrupted()) {
        throw new InterruptedException("it took too long");
      }
    }
  }

  @Test
  void aJournalThatFailedIsNotReady() throws Exception {
    try (Journal journal = open()) {
      assertThat(new JournalReadiness(journal).obstacle()).isEmpty();
      disk.faults((operation, file) -> {
        if (operation == Operation.SYNC) {
          throw new IOException("injected: sync failed");
        }
      });
      assertThat(append(journal, 1)).isInstanceOf(AppendOutcome.Failed.class);
      assertNotReady(journal, "the journal failed to write and closed itself");
    }
  }

  @Test
  void aJournalAtItsLimitIsNotReadyUntilTheLakeHasTakenItsRecords() throws Exception {
    try (Journal journal = open()) {
      int appended = 0;
      while (append(journal, appended) instanceof AppendOutcome.Appended) {
        appended++;
      }
      assertNotReady(journal, FULL);
      journal.consumer("lake", 0).passed(appended);
      awaitReady(journal);
    }
  }

  @Test
  void aJournalOnAFullDiskIsNotReadyUntilThereIsRoom() throws Exception {
    try (Journal journal = open()) {
      append(journal, 0);
      disk.capacity(10);
      int number = 1;
      while (append(journal, number) instanceof AppendOutcome.Appended) {
        number++;
      }
      assertNotReady(journal, FULL);
      disk.capacity(Long.MAX_VALUE);
      awaitReady(journal);
      assertThat(append(journal, number)).isInstanceOf(AppendOutcome.Appended.class);
    }
  }
}
