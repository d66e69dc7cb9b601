package dev.hooklake.journal;

import static dev.hooklake.journal.JournalFixture.LAKE;
import static dev.hooklake.journal.JournalFixture.append;
import static dev.hooklake.journal.JournalFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.journal.AppendOutcome.Appended;
import dev.hooklake.journal.AppendOutcome.Duplicate;
import dev.hooklake.journal.AppendOutcome.Full;
import dev.hooklake.journal.disk.DiskFullException;
import dev.hooklake.journal.disk.Faults.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// When the journal says that it is full, and when it no longer does: with nobody appending,
/// because who is told so sends nothing.
@Timeout(60)
class FullJournalTest {

  private static final int LIMIT_BYTES = 4 * JournalFixture.SEGMENT_BYTES;

  private final JournalFixture fixture = new JournalFixture(1);

  private static void awaitRoom(Journal journal) throws InterruptedException {
    await(() -> !journal.status().full());
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
      if (Thread.interrupted()) {
        throw new InterruptedException("it took too long");
      }
    }
  }

  private static AppendOutcome appendLarge(Journal journal, String key) throws Exception {
    return journal.append(List.of(entry(key, "x".repeat(2000)))).getFirst();
  }

  @Test
  void itIsFullBeforeItsLimitRefusesAnythingAndUntilASegmentIsReleased() throws Exception {
    fixture.settings = JournalFixture.settings(LIMIT_BYTES, Set.of(LAKE));
    try (Journal journal = fixture.openWithThreads()) {
      assertThat(journal.status().full()).isFalse();
      int accepted = 0;
      boolean told = false;
      while (append(journal, "key " + accepted) instanceof Appended) {
        told = journal.status().full();
        accepted++;
      }
      assertThat(told).isTrue();
      assertThat(journal.status().bytes()).isLessThan(LIMIT_BYTES);

      journal.consumer(LAKE, 0).passed(accepted);
      awaitRoom(journal);
      assertThat(appendLarge(journal, "late")).isInstanceOf(Appended.class);
    }
  }

  @Test
  void aFullDiskMakesItFullUntilThereIsRoom() throws Exception {
    try (Journal journal = fixture.openWithThreads()) {
      append(journal, "a");
      fixture.disk.capacity(10);
      assertThat(appendLarge(journal, "b")).isEqualTo(new Full());
      assertThat(journal.status().full()).isTrue();
      assertThat(journal.status().bytes()).isLessThan(fixture.settings.limitBytes() / 10);

      fixture.disk.capacity(Long.MAX_VALUE);
      awaitRoom(journal);
      assertThat(appendLarge(journal, "b")).isEqualTo(new Appended(2));
    }
  }

  @Test
  void theSegmentThatFillsTheDiskIsReleasedWithoutAnAppend() throws Exception {
    try (Journal journal = fixture.openWithThreads()) {
      append(journal, "a");
      fixture.disk.capacity(10);
      assertThat(appendLarge(journal, "b")).isEqualTo(new Full());

      // Room for the next segment's header; the reserve makes room for the keys.
      fixture.disk.capacity(fixture.disk.used() + 4096 + 1024);
      await(() -> journal.status().segments() > 1);
      journal.consumer(LAKE, 0).passed(1);
      await(() -> journal.status().firstSequence() > 1);
    }
  }

  @Test
  void aStartOnAFullDiskIsFullUntilTheReserveIsBack() throws Exception {
    Journal filled = fixture.open();
    int appended = 0;
    while (appended < 300 && append(filled, "key " + appended) instanceof Appended) {
      appended++;
    }
    fixture.disk.endProcess();
    fixture.disk.capacity(fixture.disk.used());
    try (Journal journal = fixture.openWithThreads()) {
      assertThat(append(journal, "new")).isEqualTo(new Full());
      assertThat(journal.status().full()).isTrue();
      journal.consumer(LAKE, 0).passed(appended);
      awaitRoom(journal);
      assertThat(append(journal, "new")).isInstanceOf(Appended.class);
    }
  }

  /// While the reserve is owed nothing is written, so no write finds out that the disk is full.
  @Test
  void theSegmentThatIsInTheReservesWayIsReleased() throws Exception {
    boolean[] keysFit = {false};
    try (Journal journal = fixture.open()) {
      fixture.disk.faults((operation, file) -> {
        boolean keys = file.toString().endsWith(".keys.tmp") && !keysFit[0];
        boolean reserve = file.endsWith("reserve.tmp") && recordsAreHeld();
        if (operation == Operation.WRITE && (keys || reserve)) {
          keysFit[0] = true;
          throw new DiskFullException("injected: no room", new IOException());
        }
      });
      int appended = 0;
      while (!journal.status().full()) {
        append(journal, "key " + appended++);
      }
      assertThat(journal.status().segments()).isEqualTo(2);
      journal.consumer(LAKE, 0).passed(appended);
      append(journal, "key 0");
      append(journal, "key 0");
      assertThat(journal.status().full()).isFalse();
    }
  }

  @Test
  void aReserveThatTheKeeperGaveBackComesBackWithoutAnAppend() throws Exception {
    AtomicBoolean keysFit = new AtomicBoolean();
    AtomicBoolean reserveFits = new AtomicBoolean();
    try (Journal journal = fixture.openWithThreads()) {
      fixture.disk.faults((operation, file) -> {
        boolean keys = file.toString().endsWith(".keys.tmp");
        boolean reserve = file.endsWith("reserve.tmp") && !reserveFits.get();
        if (operation == Operation.WRITE && (reserve || (keys && !keysFit.getAndSet(true)))) {
          throw new DiskFullException("injected: no room", new IOException());
        }
      });
      int appended = 0;
      while (journal.status().segments() == 1) {
        append(journal, "key " + appended++);
      }
      await(() -> journal.status().full());
      reserveFits.set(true);
      fixture.now = fixture.now.plusSeconds(2);
      awaitRoom(journal);
    }
  }

  private boolean recordsAreHeld() {
    return fixture.disk.files().stream()
        .filter(file -> file.toString().endsWith(".segment"))
        .anyMatch(file -> fixture.disk.bytes(file).length > SegmentHeader.BYTES);
  }

  @Test
  void whereSomebodyElseMakesRoomTheReserveComesBackToo() throws Exception {
    Journal filled = fixture.open();
    append(filled, "a");
    fixture.disk.endProcess();
    fixture.disk.capacity(fixture.disk.used());
    try (Journal journal = fixture.openWithThreads()) {
      assertThat(append(journal, "new")).isEqualTo(new Full());
      fixture.disk.capacity(Long.MAX_VALUE);
      fixture.now = fixture.now.plusSeconds(2);
      awaitRoom(journal);
      assertThat(append(journal, "new")).isInstanceOf(Appended.class);
    }
  }

  @Test
  void whoLooksForRoomLeavesToOthersWhatIsTooLittle() throws Exception {
    Path segment = new JournalDirectory(fixture.disk, JournalFixture.DIRECTORY).segment(2);
    try (Journal journal = fixture.open()) {
      append(journal, "a");
      fixture.disk.capacity(10);
      appendLarge(journal, "b");
      fixture.disk.capacity(fixture.disk.used() + 600);
      assertThat(append(journal, "a")).isEqualTo(new Duplicate());
      assertThat(journal.status().full()).isTrue();
      assertThat(fixture.disk.files()).contains(segment);
      assertThat(fixture.disk.bytes(segment)).hasSize(SegmentHeader.BYTES);

      fixture.disk.capacity(Long.MAX_VALUE);
      assertThat(append(journal, "a")).isEqualTo(new Duplicate());
      assertThat(journal.status().full()).isFalse();
    }
  }
}
