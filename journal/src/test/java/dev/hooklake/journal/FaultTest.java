package dev.hooklake.journal;

import static dev.hooklake.journal.JournalFixture.LAKE;
import static dev.hooklake.journal.JournalFixture.append;
import static dev.hooklake.journal.JournalFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.journal.AppendOutcome.Appended;
import dev.hooklake.journal.AppendOutcome.Duplicate;
import dev.hooklake.journal.AppendOutcome.Failed;
import dev.hooklake.journal.AppendOutcome.Full;
import dev.hooklake.journal.disk.DiskFullException;
import dev.hooklake.journal.disk.Faults;
import dev.hooklake.journal.disk.Faults.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each operation of a journal's life fails once; nothing acknowledged may be lost or doubled.
class FaultTest {

  private static final int APPENDS = 120;
  private static final int PASSED = 60;

  @ParameterizedTest
  @EnumSource(Operation.class)
  void whicheverOperationFailsNothingAcknowledgedIsLost(Operation kind) throws Exception {
    int operation = 0;
    while (failOnce(kind, operation, true)) {
      failOnce(kind, operation, false);
      // Reads are a thousand, and all alike.
      operation += kind == Operation.READ ? 17 : 1;
    }
    assertThat(operation).isPositive();
  }

  /// Says whether the life of the journal has as many operations of the kind.
  private static boolean failOnce(Operation kind, int number, boolean crash) throws Exception {
    JournalFixture fixture = new JournalFixture(number);
    JournalModel model = new JournalModel(fixture.settings.duplicateWindow());
    int[] left = {number};
    fixture.disk.faults((operation, file) -> {
      if (operation == kind && left[0]-- == 0) {
        throw new IOException("injected: " + kind + " " + number + " failed");
      }
    });
    live(fixture, model);
    boolean hit = left[0] < 0;
    if (crash) {
      fixture.disk.crash();
    } else {
      fixture.disk.endProcess();
    }
    try (Journal journal = fixture.open()) {
      model.reopened(JournalFixture.readAfter(journal, model.passed()));
      for (int i = 0; i < APPENDS; i++) {
        List<Entry> again = List.of(entry("key " + i));
        model.check(again, journal.append(again), fixture.now);
      }
    }
    return hit;
  }

  /// Twice opened and once closed, with full segments, released ones and merged runs.
  private static void live(JournalFixture fixture, JournalModel model) throws Exception {
    for (int life = 0; life < 2; life++) {
      try (Journal journal = fixture.open()) {
        model.reopened(JournalFixture.readAfter(journal, model.passed()));
        JournalConsumer lake = journal.consumer(LAKE, model.passed());
        for (int i = life * APPENDS / 2; i < (life + 1) * APPENDS / 2; i++) {
          List<Entry> entries = List.of(entry("key " + i, "x".repeat(400)));
          model.check(entries, journal.append(entries), fixture.now);
        }
        model.consumed(lake.read(PASSED, 1 << 20, Duration.ZERO));
        lake.passed(model.pass());
      } catch (JournalDamagedException e) {
        throw new AssertionError("nothing was damaged", e);
      } catch (IOException e) {
        // The injected fault, where the journal cannot decide for its caller.
        return;
      }
    }
  }

  @Test
  void afterAFailedWriteTheJournalRefusesEveryAppend() throws Exception {
    JournalFixture fixture = new JournalFixture(1);
    try (Journal journal = fixture.open()) {
      append(journal, "a");
      fixture.disk.faults((operation, file) -> {
        if (operation == Operation.WRITE) {
          throw new IOException("injected: write failed");
        }
      });
      assertThat(append(journal, "b")).isInstanceOf(Failed.class);
      fixture.disk.faults(Faults.NONE);
      assertThat(append(journal, "c"))
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.reason()).contains("write failed"));
      assertThat(journal.status().writable()).isFalse();
    }
  }

  /// Acknowledged without the note, the newest record could be damaged later and pass for one that
  /// was never finished.
  @Test
  void whatCannotBeNotedAsSyncedIsNotAcknowledged() throws Exception {
    JournalFixture fixture = new JournalFixture(1);
    try (Journal journal = fixture.open()) {
      append(journal, "a");
      fixture.disk.faults((operation, file) -> {
        if (operation == Operation.WRITE && file.endsWith(SyncedMark.NAME)) {
          throw new IOException("injected: write failed");
        }
      });
      assertThat(append(journal, "b")).isInstanceOf(Failed.class);
      fixture.disk.faults(Faults.NONE);
      assertThat(append(journal, "c")).isInstanceOf(Failed.class);
    }
    fixture.disk.endProcess();
    try (Journal journal = fixture.open()) {
      assertThat(append(journal, "b")).isEqualTo(new Duplicate());
      assertThat(append(journal, "c")).isInstanceOf(Appended.class);
    }
  }

  @Test
  void anErrorInTheWriterReachesItsCallersAndClosesTheJournal() throws Exception {
    JournalFixture fixture = new JournalFixture(1);
    try (Journal journal = fixture.open()) {
      fixture.disk.faults((operation, file) -> {
        if (operation == Operation.WRITE) {
          throw new OutOfMemoryError("injected");
        }
      });
      assertThat(append(journal, "a"))
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.reason()).contains("OutOfMemoryError"));
      fixture.disk.faults(Faults.NONE);
      assertThat(journal.status().writable()).isFalse();
    }
  }

  @Test
  void aFullDiskDoesNotKeepTheJournalFromStartingAndBeingDrained() throws Exception {
    JournalFixture fixture = new JournalFixture(1);
    Journal filled = fixture.open();
    int appended = 0;
    while (appended < 300 && append(filled, "key " + appended) instanceof Appended) {
      appended++;
    }
    fixture.disk.endProcess();
    long used = fixture.disk.used();
    fixture.disk.capacity(used);

    try (EmbeddedJournal journal = fixture.open()) {
      assertThat(append(journal, "new")).isEqualTo(new Full());
      assertThat(append(journal, "key 1")).isEqualTo(new Duplicate());
      JournalConsumer lake = journal.consumer(LAKE, 0);
      assertThat(lake.read(1000, 1 << 20, Duration.ZERO)).hasSize(appended);
      lake.passed(appended);
      // The keeper comes with the next append, and makes room.
      append(journal, "calls the keeper");
      assertThat(journal.status().firstSequence()).isGreaterThan(1);
      assertThat(append(journal, "new again")).isInstanceOf(Appended.class);
      assertThat(fixture.disk.used()).isLessThanOrEqualTo(used);
    }
  }

  /// The last one of a day may need as much room as all keys of that day.
  @Test
  void aMergeThatFindsNoRoomLeavesTheReserveAndIsTriedMuchLater() throws Exception {
    JournalFixture fixture = new JournalFixture(1);
    List<Path> refused = new ArrayList<>();
    fixture.disk.faults((operation, file) -> {
      if (operation == Operation.WRITE && isMerge(file, fixture.disk.files())) {
        refused.add(file);
        throw new DiskFullException("injected: no room", new IOException());
      }
    });
    try (EmbeddedJournal journal = fixture.open()) {
      for (int i = 0; i < APPENDS; i++) {
        List<Entry> entries = List.of(entry("key " + i, "x".repeat(400)));
        assertThat(journal.append(entries).getFirst()).isInstanceOf(Appended.class);
      }
      assertThat(refused).hasSize(1);
      assertThat(journal.status().full()).isFalse();
      assertThat(fixture.disk.files())
          .contains(JournalFixture.DIRECTORY.resolve("journal.reserve"))
          .noneMatch(file -> file.toString().endsWith(".tmp"));

      fixture.now = fixture.now.plus(Duration.ofHours(1));
      for (int i = 0; i < PASSED; i++) {
        append(journal, "late " + i + "x".repeat(100));
      }
      assertThat(refused).hasSize(2);
    }
  }

  /// Whether the file is to hold more than the first run of keys, which is there.
  private static boolean isMerge(Path file, List<Path> files) {
    String first = "%019d-".formatted(1);
    String name = String.valueOf(file.getFileName());
    return name.startsWith(first)
        && name.endsWith(".keys.tmp")
        && files.stream()
            .map(other -> String.valueOf(other.getFileName()))
            .anyMatch(other -> other.startsWith(first) && other.endsWith(".keys"));
  }

  @Test
  void aFullDiskRefusesTheBatchAndTakesTheNextWhenThereIsRoom() throws Exception {
    JournalFixture fixture = new JournalFixture(1);
    try (Journal journal = fixture.open()) {
      append(journal, "a");
      fixture.disk.capacity(10);
      List<AppendOutcome> outcomes = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        outcomes.add(journal.append(List.of(entry("b", "x".repeat(1000)))).getFirst());
      }
      assertThat(outcomes).containsOnly(new Full());
      fixture.disk.capacity(Long.MAX_VALUE);
      assertThat(append(journal, "b")).isEqualTo(new Appended(2));
      assertThat(append(journal, "b")).isEqualTo(new Duplicate());
      assertThat(journal.status().writable()).isTrue();
    }
  }
}
