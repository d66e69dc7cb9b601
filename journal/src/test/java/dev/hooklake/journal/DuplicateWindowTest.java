package dev.hooklake.journal;

import static dev.hooklake.journal.JournalFixture.append;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.journal.AppendOutcome.Appended;
import dev.hooklake.journal.AppendOutcome.Duplicate;
import dev.hooklake.journal.disk.Faults.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DuplicateWindowTest {

  private final JournalFixture fixture = new JournalFixture(1);

  private static void fill(Journal journal, String name, int records) throws Exception {
    for (int i = 0; i < records; i++) {
      assertThat(append(journal, name + i)).isInstanceOf(Appended.class);
    }
  }

  private static void assertAllKnown(Journal journal, String name, int records) throws Exception {
    for (int i = 0; i < records; i++) {
      assertThat(append(journal, name + i)).as(name + i).isEqualTo(new Duplicate());
    }
  }

  private boolean segmentsHold(long sequence) {
    return fixture.disk.files().stream()
        .anyMatch(file -> file.toString().endsWith("%019d.segment".formatted(sequence)));
  }

  @Test
  void keysAreKnownAfterClosingAndOpening() throws Exception {
    try (Journal journal = fixture.open()) {
      fill(journal, "key ", 300);
    }
    try (Journal journal = fixture.open()) {
      assertAllKnown(journal, "key ", 300);
      assertThat(journal.status().knownKeys()).isEqualTo(300);
    }
  }

  @Test
  void keysAreKnownAfterACrash() throws Exception {
    fill(fixture.open(), "key ", 300);
    fixture.disk.crash();
    try (Journal journal = fixture.open()) {
      assertAllKnown(journal, "key ", 300);
    }
  }

  @Test
  void keysAreKnownAfterTheirRecordsHaveBeenReleased() throws Exception {
    try (Journal journal = fixture.open()) {
      fill(journal, "key ", 300);
      journal.consumer("lake", 0).passed(300);
      append(journal, "one more");
      assertThat(segmentsHold(1)).isFalse();
      assertAllKnown(journal, "key ", 300);
    }
    fixture.disk.crash();
    try (Journal journal = fixture.open()) {
      assertAllKnown(journal, "key ", 300);
    }
  }

  @Test
  void noRecordIsReleasedBeforeItsKeyIsInARun() throws Exception {
    int[] runsAllowed = {0};
    fixture.disk.faults((operation, file) -> {
      if (operation == Operation.CREATE
          && file.toString().endsWith(".keys.tmp")
          && runsAllowed[0]-- <= 0) {
        throw new IOException("injected: no run can be written");
      }
    });
    EmbeddedJournal journal = fixture.open();
    JournalConsumer lake = journal.consumer("lake", 0);
    fill(journal, "key ", 180);
    assertThat(journal.status().lastError()).get().asString().contains("no run can be written");
    runsAllowed[0] = 1;
    lake.passed(180);
    append(journal, "one more");
    assertThat(segmentsHold(1)).isFalse();
    assertThat(journal.status().firstSequence()).isBetween(50L, 80L);
    fixture.disk.crash();
    assertAllKnown(fixture.open(), "key ", 180);
  }

  @Test
  void aKeyIsKnownForTheWholeWindow() throws Exception {
    try (Journal journal = fixture.open()) {
      fill(journal, "key ", 300);
      fixture.now = fixture.now.plus(Duration.ofDays(8));
      assertAllKnown(journal, "key ", 300);
    }
    try (Journal journal = fixture.open()) {
      assertAllKnown(journal, "key ", 300);
    }
  }

  private void fillEachDay(Journal journal, int days) throws Exception {
    JournalConsumer lake = journal.consumer("lake", 0);
    for (int day = 1; day <= days; day++) {
      fixture.now = fixture.now.plus(Duration.ofDays(1));
      fill(journal, fixture.now + " ", 50);
      lake.passed(journal.status().lastSequence());
    }
    append(journal, "one more");
  }

  @Test
  void aKeyIsNewAgainAfterTheWindowAndItsDay() throws Exception {
    try (Journal journal = fixture.open()) {
      fill(journal, "key ", 300);
      fillEachDay(journal, 8);
      assertAllKnown(journal, "key ", 300);
    }
    try (Journal journal = fixture.open()) {
      fillEachDay(journal, 2);
      fill(journal, "key ", 300);
    }
  }

  @Test
  void keysOfOldDaysAreDroppedWithTheirFiles() throws Exception {
    try (Journal journal = fixture.open()) {
      fill(journal, "old ", 300);
      fillEachDay(journal, 20);
      assertThat(journal.status().knownKeys()).isLessThan(600);
      assertThat(fixture.disk.files())
          .noneMatch(file -> file.getFileName().toString().startsWith("0000000000000000001-"));
    }
  }

  @Test
  void aClockThatLeapsForwardForgetsNothing() throws Exception {
    try (Journal journal = fixture.open()) {
      fill(journal, "key ", 300);
      journal.consumer("lake", 0).passed(300);
      fixture.now = fixture.now.plus(Duration.ofDays(4000));
      fill(journal, "ahead ", 300);
      assertAllKnown(journal, "key ", 300);
    }
    try (Journal journal = fixture.open()) {
      fixture.now = fixture.now.minus(Duration.ofDays(4000));
      assertAllKnown(journal, "key ", 300);
      assertAllKnown(journal, "ahead ", 300);
    }
  }

  @Test
  void aClockThatGoesBackForgetsNothing() throws Exception {
    try (Journal journal = fixture.open()) {
      fill(journal, "early ", 100);
      fixture.now = fixture.now.plus(Duration.ofDays(5));
      fill(journal, "ahead ", 100);
      fixture.now = fixture.now.minus(Duration.ofDays(30));
      fill(journal, "behind ", 100);
      assertAllKnown(journal, "early ", 100);
      assertAllKnown(journal, "ahead ", 100);
    }
    fixture.now = fixture.now.plus(Duration.ofDays(8));
    try (Journal journal = fixture.open()) {
      assertAllKnown(journal, "behind ", 100);
      assertAllKnown(journal, "early ", 100);
    }
  }

  @Test
  void aDayEndsAsOneRun() throws Exception {
    try (Journal journal = fixture.open()) {
      for (int day = 0; day < 4; day++) {
        fill(journal, "day " + day + " ", 400);
        fixture.now = fixture.now.plus(Duration.ofDays(1));
      }
      fill(journal, "last ", 200);
      assertThat(fixture.disk.files().stream().map(DuplicateWindowTest::lastOfRun))
          .filteredOn(last -> last > 0 && last <= 1600)
          .containsExactly(400L, 800L, 1200L, 1600L);
      assertAllKnown(journal, "day 0 ", 400);
      assertAllKnown(journal, "day 3 ", 400);
    }
  }

  private static long lastOfRun(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".keys") ? Long.parseLong(name.substring(20, 39)) : 0;
  }
}
