package dev.hooklake.journal;

import static dev.hooklake.journal.JournalFixture.LAKE;
import static dev.hooklake.journal.JournalFixture.append;
import static dev.hooklake.journal.JournalFixture.entry;
import static dev.hooklake.journal.JournalFixture.readAfter;
import static dev.hooklake.journal.JournalFixture.readAll;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.journal.AppendOutcome.Appended;
import dev.hooklake.journal.AppendOutcome.Duplicate;
import dev.hooklake.journal.disk.Faults;
import dev.hooklake.journal.disk.Faults.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EraseTest {
  private static final String PERSON = "ann@example.com";

  /// More than two segments; every seventh record is the person's.
  private static final int RECORDS = 60;

  private static final int OF_THE_PERSON = 8;

  private final JournalFixture fixture = new JournalFixture(1);

  @Test
  void aPersonsPayloadsAreGoneFromEveryByteAndAllElseIsThere() throws Exception {
    try (EmbeddedJournal journal = fixture.open()) {
      fill(journal);

      assertThat(journal.erase(EraseTest::namesPerson).records()).isEqualTo(OF_THE_PERSON);

      assertNowhere();
      assertHolds(readAll(journal));
    }
    try (EmbeddedJournal journal = fixture.open()) {
      assertHolds(readAll(journal));
    }
  }

  @Test
  void whatIsStillBeingWrittenToIsErasedToo() throws Exception {
    try (EmbeddedJournal journal = fixture.open()) {
      journal.append(List.of(entry("only", PERSON)));

      assertThat(journal.erase(EraseTest::namesPerson)).isEqualTo(new Erased(1, 1));

      assertNowhere();
      assertThat(append(journal, "next")).isEqualTo(new Appended(2));
    }
  }

  @Test
  void aRepeatOfAnErasedEventIsStillRecognised() throws Exception {
    try (EmbeddedJournal journal = fixture.open()) {
      fill(journal);
      journal.erase(EraseTest::namesPerson);
    }
    try (EmbeddedJournal journal = fixture.open()) {
      assertThat(journal.append(List.of(entry("key 7", PERSON)))).containsExactly(new Duplicate());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 6, 20, 55})
  void aConsumerThatHasReadSoFarNeverGetsAPayloadThatWasErased(int read) throws Exception {
    try (EmbeddedJournal journal = fixture.open()) {
      fill(journal);
      JournalConsumer lake = journal.consumer(LAKE, 0);
      int before = read == 0 ? 0 : lake.read(read, 1 << 20, Duration.ZERO).size();
      journal.erase(EraseTest::namesPerson);

      List<JournalRecord> rest = lake.read(RECORDS, 1 << 20, Duration.ZERO);

      assertThat(rest).hasSize(RECORDS - before);
      assertThat(rest.getFirst().sequence()).isEqualTo(before + 1);
      assertThat(rest).noneMatch(EraseTest::namesPerson);
      assertThat(rest)
          .allMatch(record -> record.erased() == (record.sequence() % 7 == 0))
          .filteredOn(JournalRecord::erased)
          .isNotEmpty();
    }
  }

  @Test
  void twiceIsTheSameAsOnce() throws Exception {
    try (EmbeddedJournal journal = fixture.open()) {
      fill(journal);
      journal.erase(EraseTest::namesPerson);

      assertThat(journal.erase(EraseTest::namesPerson)).isEqualTo(new Erased(0, 0));
      assertHolds(readAll(journal));
    }
  }

  @Test
  void segmentsThatAllHavePassedAreReleasedAsBefore() throws Exception {
    try (EmbeddedJournal journal = fixture.open()) {
      fill(journal);
      journal.erase(EraseTest::namesPerson);
      JournalConsumer lake = journal.consumer(LAKE, RECORDS);
      lake.passed(RECORDS);
      append(journal, "after");

      assertThat(journal.status().firstSequence()).isEqualTo(RECORDS + 1);
    }
  }

  @Test
  void aJournalThatHasClosedItselfSaysSoInsteadOfErasingAPart() throws Exception {
    try (EmbeddedJournal journal = fixture.open()) {
      fill(journal);
      fixture.disk.faults((operation, file) -> {
        if (operation == Operation.WRITE) {
          throw new IOException("injected: write failed");
        }
      });
      append(journal, "fails");
      fixture.disk.faults(Faults.NONE);

      assertThatThrownBy(() -> journal.erase(EraseTest::namesPerson))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("closed itself");
    }
  }

  @Test
  void aFullDiskThatKeepsTheNewestRecordsFromBeingErasedIsNoSuccess() throws Exception {
    try (EmbeddedJournal journal = fixture.open()) {
      journal.append(List.of(entry("only", PERSON)));
      fixture.disk.capacity(0);

      assertThatThrownBy(() -> journal.erase(EraseTest::namesPerson))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no room")
          .hasMessageContaining("erase again");

      fixture.disk.capacity(Long.MAX_VALUE);
      assertThat(journal.erase(EraseTest::namesPerson)).isEqualTo(new Erased(1, 1));
      assertNowhere();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      names = {"WRITE", "SYNC", "RENAME"})
  void aSegmentThatCouldNotBeWrittenAnewLeavesNoFileBehind(Operation kind) throws Exception {
    try (EmbeddedJournal journal = fixture.open()) {
      fill(journal);
      fixture.disk.faults((operation, file) -> {
        if (operation == kind && writesAnew(file)) {
          throw new IOException("injected: " + kind + " failed");
        }
      });
      assertThatThrownBy(() -> journal.erase(EraseTest::namesPerson))
          .hasMessageContaining("injected");
      fixture.disk.faults(Faults.NONE);

      assertThat(fixture.disk.files()).noneMatch(EraseTest::writesAnew);
      assertThat(journal.erase(EraseTest::namesPerson).records()).isEqualTo(OF_THE_PERSON);
    }
  }

  /// Not the beginning of the next segment, nor of a run of keys.
  private static boolean writesAnew(Path file) {
    return file.toString().matches(".*/\\d{19}\\.tmp")
        && !file.toString().endsWith("0" + (RECORDS + 1) + ".tmp");
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void whicheverOperationFailsTheNextTryErasesAllAndNothingElseIsLost(Operation kind)
      throws Exception {
    int operation = 0;
    while (failOnce(kind, operation, true)) {
      failOnce(kind, operation, false);
      operation += kind == Operation.READ ? 5 : 1;
    }
  }

  /// Says whether erasing does as many operations of the kind.
  private static boolean failOnce(Operation kind, int number, boolean crash) throws Exception {
    var test = new EraseTest();
    int[] left = {number};
    EmbeddedJournal journal = test.fixture.open();
    test.fill(journal);
    test.fixture.disk.faults((operation, file) -> {
      if (operation == kind && left[0]-- == 0) {
        throw new IOException("injected: " + kind + " " + number + " failed");
      }
    });
    try {
      journal.erase(EraseTest::namesPerson);
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("injected");
    }
    boolean hit = left[0] < 0;
    if (crash) {
      test.fixture.disk.crash();
    } else {
      test.fixture.disk.endProcess();
    }
    try (EmbeddedJournal again = test.fixture.open()) {
      again.erase(EraseTest::namesPerson);
      test.assertNowhere();
      assertHolds(readAfter(again, 0));
      assertThat(again.append(List.of(entry("key 14")))).containsExactly(new Duplicate());
    }
    return hit;
  }

  private void fill(EmbeddedJournal journal) throws InterruptedException {
    for (int i = 1; i <= RECORDS; i++) {
      String payload = i % 7 == 0 ? "mail to " + PERSON + " no " + i : "payload " + i;
      assertThat(journal.append(List.of(entry("key " + i, payload + " ".repeat(100)))))
          .containsExactly(new Appended(i));
    }
  }

  private static void assertHolds(List<JournalRecord> records) {
    assertThat(records).hasSize(RECORDS);
    for (JournalRecord record : records) {
      if (record.sequence() % 7 == 0) {
        assertThat(record.erased()).isTrue();
      } else {
        assertThat(text(record.payload())).startsWith("payload " + record.sequence() + " ");
      }
    }
  }

  private void assertNowhere() {
    for (Path file : fixture.disk.files()) {
      assertThat(new String(fixture.disk.bytes(file), ISO_8859_1))
          .as(file.toString())
          .doesNotContain(PERSON);
    }
  }

  private static boolean namesPerson(JournalRecord record) {
    return text(record.payload()).contains(PERSON);
  }

  private static String text(ByteBuffer payload) {
    return UTF_8.decode(payload.duplicate()).toString();
  }
}
