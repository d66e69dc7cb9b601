package dev.hooklake.journal;

import static dev.hooklake.journal.JournalFixture.DIRECTORY;
import static dev.hooklake.journal.JournalFixture.append;
import static dev.hooklake.journal.JournalFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hooklake.journal.AppendOutcome.Appended;
import dev.hooklake.journal.AppendOutcome.Duplicate;
import dev.hooklake.journal.AppendOutcome.Failed;
import dev.hooklake.journal.JournalReport.Loss;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalFilesTest {

  private static final int RECORDS = 200;

  private final JournalFixture fixture = new JournalFixture(1);
  private final JournalFiles files = new JournalFiles(DIRECTORY, fixture.disk);

  /// Three full segments and a piece of a fourth; the process ended without closing.
  @BeforeEach
  void aJournal() throws Exception {
    Journal journal = fixture.open();
    for (int i = 1; i <= RECORDS; i++) {
      append(journal, "key %03d".formatted(i));
    }
    fixture.disk.endProcess();
  }

  private List<Path> named(String suffix) {
    return fixture.disk.files().stream().filter(f -> f.toString().endsWith(suffix)).toList();
  }

  private Map<Path, List<Byte>> contents() {
    Map<Path, List<Byte>> contents = new TreeMap<>();
    for (Path file : fixture.disk.files()) {
      byte[] bytes = fixture.disk.bytes(file);
      Byte[] boxed = new Byte[bytes.length];
      Arrays.setAll(boxed, i -> bytes[i]);
      contents.put(file, List.of(boxed));
    }
    return contents;
  }

  private List<Loss> losses(JournalReport report) {
    return report.segments().stream().flatMap(segment -> segment.losses().stream()).toList();
  }

  private List<Long> sequencesAfterRepair() throws Exception {
    files.repair(fixture.clock);
    assertThat(files.verify().sound()).isTrue();
    try (Journal journal = fixture.open()) {
      assertThat(append(journal, "after the repair")).isInstanceOf(Appended.class);
      return readAll(journal).stream().map(JournalRecord::sequence).toList();
    }
  }

  @Test
  void aSoundJournalIsReportedSoundAndLeftAlone() throws Exception {
    Map<Path, List<Byte>> before = contents();
    JournalReport report = files.verify();
    assertThat(report.sound()).isTrue();
    assertThat(report.segments().stream().mapToLong(JournalReport.Segment::records).sum())
        .isEqualTo(RECORDS);
    assertThat(report.segments().getLast().lastSequence()).isEqualTo(RECORDS);
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void aTornTailIsNoDamage() throws Exception {
    Path last = named(".segment").getLast();
    byte[] file = fixture.disk.bytes(last);
    JournalReport.Segment sound = files.verify().segments().getLast();
    int end = (int) (64 + sound.records() * (Frame.HEADER_BYTES + "payload of key 001".length()));
    file[end + 5] = 1;
    fixture.disk.put(last, file);
    assertThat(files.verify().segments().getLast().tornBytes()).isEqualTo(6);
    assertThat(files.verify().sound()).isTrue();
  }

  @Test
  void aDamagedRecordIsTheOnlyOneLost() throws Exception {
    for (Path segment : named(".segment")) {
      fixture.disk.flip(segment, 150, 2);
    }
    List<Loss> lost = losses(files.verify());
    assertThat(lost).hasSize(named(".segment").size());
    List<Long> sequences = sequencesAfterRepair();
    assertThat(sequences).hasSize(RECORDS - lost.size() + 1).isSorted();
    for (Loss loss : lost) {
      assertThat(loss.firstSequence()).isEqualTo(loss.lastSequence());
      assertThat(sequences).doesNotContain(loss.firstSequence());
    }
    assertThat(fixture.disk.files())
        .anyMatch(file -> file.startsWith(DIRECTORY.resolve("damaged")));
  }

  @Test
  void whereverAByteIsChangedRepairKeepsAllOtherRecords() throws Exception {
    Path segment = named(".segment").get(1);
    byte[] sound = fixture.disk.bytes(segment);
    for (int at = 0; at < sound.length; at += 3) {
      byte[] changed = sound.clone();
      changed[at] ^= 0x08;
      fixture.disk.put(segment, changed);
      assertThat(files.verify().sound()).as("byte %d", at).isFalse();
      files.repair(fixture.clock);
      JournalReport repaired = files.verify();
      assertThat(repaired.sound()).isTrue();
      long kept = repaired.segments().stream().mapToLong(JournalReport.Segment::records).sum();
      assertThat(kept).as("byte %d", at).isGreaterThanOrEqualTo(RECORDS - 1);
      fixture.disk.put(segment, sound);
    }
  }

  @Test
  void aMissingSegmentIsNamedAndTheRestKept() throws Exception {
    Path second = named(".segment").get(1);
    Path third = named(".segment").get(2);
    long first = JournalDirectory.firstSequence(second);
    long next = JournalDirectory.firstSequence(third);
    fixture.disk.delete(second);
    assertThat(files.verify().segments().get(1).headerProblem()).contains("is missing");
    assertThat(losses(files.verify()))
        .extracting(Loss::firstSequence, Loss::lastSequence)
        .containsExactly(tuple(first, next - 1));
    assertThat(sequencesAfterRepair()).hasSize((int) (RECORDS - (next - first) + 1)).isSorted();
  }

  @Test
  void aDamagedRunClosesTheJournalAndARepairLosesOnlyTheKeysOfItsDamagedBlock() throws Exception {
    fixture.open().close();
    try (Journal journal = fixture.open()) {
      journal.consumer("lake", RECORDS);
      append(journal, "one more");
    }
    Path run = named(".keys").getFirst();
    fixture.disk.flip(run, 100, 1);
    assertThat(files.verify().runs().getFirst().damage())
        .singleElement()
        .asString()
        .contains("key block 0 is not readable");
    assertThatTheLookUpClosesTheJournal("key 001");
    files.repair(fixture.clock);
    assertThat(files.verify().sound()).isTrue();
    try (Journal journal = fixture.open()) {
      assertThat(append(journal, "key %03d".formatted(RECORDS))).isEqualTo(new Duplicate());
    }
  }

  /// Guessed, the answer would land an event twice or not at all.
  private void assertThatTheLookUpClosesTheJournal(String key) throws Exception {
    try (Journal journal = fixture.open()) {
      assertThat(journal.status().writable()).isTrue();
      assertThat(append(journal, key))
          .isInstanceOfSatisfying(
              Failed.class,
              failed -> assertThat(failed.reason()).contains("duplicate index damaged"));
      assertThat(journal.status().writable()).isFalse();
      assertThat(append(journal, "another")).isInstanceOf(Failed.class);
    }
  }

  @Test
  void aRunWithoutAFooterStillRemembersItsKeys() throws Exception {
    fixture.open().close();
    Path run = named(".keys").getFirst();
    byte[] bytes = fixture.disk.bytes(run);
    fixture.disk.put(run, Arrays.copyOf(bytes, bytes.length - 50));
    assertThatThrownBy(fixture::open).hasMessageContaining("duplicate index damaged");
    files.repair(fixture.clock);
    try (Journal journal = fixture.open()) {
      assertThat(append(journal, "key 001")).isEqualTo(new Duplicate());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aJournalOfWhichNoHeaderTellsTheIdKeepsIt(boolean marked) throws Exception {
    UUID id;
    try (EmbeddedJournal journal = fixture.open()) {
      id = journal.id();
    }
    assertThat(named(".keys")).isNotEmpty();
    for (Path segment : named(".segment")) {
      fixture.disk.flip(segment, 17, 3);
    }
    if (!marked) {
      fixture.disk.delete(DIRECTORY.resolve(SyncedMark.NAME));
    }
    files.repair(fixture.clock);
    try (EmbeddedJournal journal = fixture.open()) {
      assertThat(journal.id()).isEqualTo(id);
      assertThat(append(journal, "key 001")).isEqualTo(new Duplicate());
      assertThat(readAll(journal)).hasSize(RECORDS);
    }
  }

  @Test
  void theJournalCanBeToldToGoOnWithAHigherSequence() throws Exception {
    files.skipTo(1000, fixture.clock);
    assertThat(files.verify().sound()).isTrue();
    try (Journal journal = fixture.open()) {
      assertThat(append(journal, "a")).isEqualTo(new Appended(1000));
      assertThat(readAll(journal)).hasSize(RECORDS + 1);
      assertThat(journal.consumer("lake", 999).read(9, 999, Duration.ZERO)).hasSize(1);
    }
  }

  @Test
  void theJournalCannotBeToldToGoBack() {
    assertThatThrownBy(() -> files.skipTo(RECORDS, fixture.clock))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("already goes on with 201");
  }

  @Test
  void anOpenJournalIsNotRepaired() throws Exception {
    try (Journal journal = fixture.open()) {
      assertThat(journal.status().writable()).isTrue();
      assertThatThrownBy(() -> files.repair(fixture.clock)).hasMessageContaining("is in use");
    }
  }
}
