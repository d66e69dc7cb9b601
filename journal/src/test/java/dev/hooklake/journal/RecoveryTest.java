package dev.hooklake.journal;

import static dev.hooklake.journal.JournalFixture.DIRECTORY;
import static dev.hooklake.journal.JournalFixture.append;
import static dev.hooklake.journal.JournalFixture.payloads;
import static dev.hooklake.journal.JournalFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.journal.AppendOutcome.Appended;
import dev.hooklake.journal.AppendOutcome.Duplicate;
import dev.hooklake.journal.disk.Crc32c;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A process ends without closing, and the file it was writing is cut or changed at each place.
class RecoveryTest {

  private static final int RECORDS = 5;
  private static final Path SEGMENT = DIRECTORY.resolve("0000000000000000001.segment");

  private final JournalFixture fixture = new JournalFixture(1);
  private byte[] segment = new byte[0];

  /// Where each record begins, and where the last one ends.
  private int[] starts = new int[0];

  @BeforeEach
  void fiveRecordsEachSyncedByItself() throws Exception {
    Journal journal = fixture.open();
    for (int i = 0; i < RECORDS; i++) {
      append(journal, "key " + i);
    }
    fixture.disk.endProcess();
    segment = fixture.disk.bytes(SEGMENT);
    int frame = Frame.bytes(JournalFixture.entry("key 0"));
    starts = IntStream.rangeClosed(0, RECORDS).map(i -> SegmentHeader.BYTES + i * frame).toArray();
  }

  private JournalFixture with(byte[] file) {
    JournalFixture changed = new JournalFixture(2);
    changed.disk.put(SEGMENT, file);
    return changed;
  }

  private int recordsEndingBy(int length) {
    return (int) Arrays.stream(starts).skip(1).filter(end -> end <= length).count();
  }

  /// Zeros are room written ahead, also where a checksum happens to begin with one.
  private boolean holdsMoreThanZeros(int from, int to) {
    return IntStream.range(from, to).anyMatch(at -> segment[at] != 0);
  }

  @Test
  void cutAnywhereTheFileKeepsItsWholeRecordsAndTakesTheOthersAgain() throws Exception {
    for (int length = SegmentHeader.BYTES; length <= starts[RECORDS]; length++) {
      int kept = recordsEndingBy(length);
      JournalFixture cut = with(Arrays.copyOf(segment, length));
      try (EmbeddedJournal journal = cut.open()) {
        assertThat(readAll(journal)).as("cut at %d", length).hasSize(kept);
        assertThat(journal.recovery().tornTail().isPresent())
            .isEqualTo(holdsMoreThanZeros(starts[kept], length));
        for (int i = 0; i < RECORDS; i++) {
          assertThat(append(journal, "key " + i))
              .isEqualTo(i < kept ? new Duplicate() : new Appended(i + 1L));
        }
      }
    }
  }

  @Test
  void aFileCutWithinItsHeaderStopsTheStart() {
    for (int length = 0; length < SegmentHeader.BYTES; length++) {
      assertThatThrownBy(with(Arrays.copyOf(segment, length))::open)
          .isInstanceOf(JournalDamagedException.class)
          .hasMessageContaining("too short for a segment's header");
    }
  }

  @Test
  void aByteChangedInARecordThatALaterOneProvesStopsTheStart() {
    for (int at = starts[0]; at < starts[RECORDS - 1]; at++) {
      int damaged = recordsEndingBy(at);
      assertThatThrownBy(with(changedAt(at))::open)
          .isInstanceOf(JournalDamagedException.class)
          .hasMessageContaining(SEGMENT + " at byte " + starts[damaged])
          .hasMessageContaining("record " + (damaged + 1) + " was acknowledged")
          .hasMessageContaining("hooklake journal verify");
    }
  }

  @Test
  void aByteChangedInTheLastRecordLooksLikeATornTailAndIsReported() throws Exception {
    for (int at = starts[RECORDS - 1]; at < starts[RECORDS]; at++) {
      try (EmbeddedJournal journal = with(changedAt(at)).open()) {
        assertThat(readAll(journal)).hasSize(RECORDS - 1);
        assertThat(journal.recovery().tornTail().orElseThrow().offset())
            .isEqualTo(starts[RECORDS - 1]);
      }
    }
  }

  @Test
  void withTheMarkThatOutlivesTheProcessDamageToTheLastRecordStopsTheStart() throws Exception {
    Path markFile = DIRECTORY.resolve(SyncedMark.NAME);
    byte[] mark = fixture.disk.bytes(markFile);
    for (int at = starts[RECORDS - 1]; at < starts[RECORDS]; at++) {
      JournalFixture damaged = with(changedAt(at));
      damaged.disk.put(markFile, mark);
      assertThatThrownBy(damaged::open)
          .isInstanceOf(JournalDamagedException.class)
          .hasMessageContaining("record " + RECORDS + " was acknowledged");
      new JournalFiles(DIRECTORY, damaged.disk).repair(damaged.clock);
      try (EmbeddedJournal journal = damaged.open()) {
        assertThat(readAll(journal)).hasSize(RECORDS - 1);
        assertThat(append(journal, "next")).isEqualTo(new Appended(RECORDS + 1));
      }
    }
  }

  @Test
  void aDamagedMarkProvesNothing() throws Exception {
    Path markFile = DIRECTORY.resolve(SyncedMark.NAME);
    byte[] mark = fixture.disk.bytes(markFile);
    for (int at = 0; at < mark.length; at++) {
      JournalFixture damaged = with(Arrays.copyOf(segment, starts[RECORDS - 1]));
      byte[] changed = mark.clone();
      changed[at] ^= 0x10;
      damaged.disk.put(markFile, changed);
      try (EmbeddedJournal journal = damaged.open()) {
        assertThat(readAll(journal)).hasSize(RECORDS - 1);
      }
    }
  }

  @Test
  void aJournalWithoutItsSegmentsIsNotBegunAnew() throws Exception {
    fixture.disk.delete(SEGMENT);
    assertThatThrownBy(fixture::open)
        .hasMessageContaining("holds no segment, but records up to " + RECORDS);
  }

  @Test
  void aByteChangedInTheHeaderStopsTheStart() {
    for (int at = 0; at < SegmentHeader.BYTES; at++) {
      assertThatThrownBy(with(changedAt(at))::open)
          .isInstanceOf(JournalDamagedException.class)
          .hasMessageContaining("header is not readable");
    }
  }

  @Test
  void aByteChangedInTheRoomBehindTheRecordsLosesNothing() throws Exception {
    for (int at = starts[RECORDS]; at < segment.length; at += 13) {
      try (EmbeddedJournal journal = with(changedAt(at)).open()) {
        assertThat(readAll(journal)).hasSize(RECORDS);
      }
    }
  }

  @Test
  void roomBehindTheRecordsIsNotReportedAsTorn() throws Exception {
    assertThat(segment).hasSizeGreaterThan(starts[RECORDS]);
    try (EmbeddedJournal journal = with(segment).open()) {
      assertThat(journal.recovery().tornTail()).isEmpty();
      assertThat(journal.recovery().lastSequence()).isEqualTo(RECORDS);
    }
  }

  @Test
  void aByteChangedInASealedSegmentIsNoticedWhenItIsRead() throws Exception {
    fixture.open().close();
    byte[] sealed = fixture.disk.bytes(SEGMENT);
    for (int at = SegmentHeader.BYTES; at < sealed.length; at++) {
      fixture.disk.flip(SEGMENT, at, 3);
      int damaged = recordsEndingBy(at);
      try (EmbeddedJournal journal = fixture.open()) {
        JournalConsumer lake = journal.consumer("lake", damaged);
        assertThatThrownBy(() -> lake.read(1, 1, Duration.ZERO))
            .isInstanceOf(JournalDamagedException.class)
            .hasMessageContaining("record " + (damaged + 1));
      }
      fixture.disk.flip(SEGMENT, at, 3);
    }
  }

  @Test
  void aSealedSegmentThatEndsEarlyIsNoticedWhenItIsRead() throws Exception {
    fixture.open().close();
    fixture.disk.put(SEGMENT, Arrays.copyOf(segment, starts[3]));
    try (EmbeddedJournal journal = fixture.open()) {
      assertThat(payloads(journal.consumer("lake", 0).read(9, 999, Duration.ZERO))).hasSize(3);
      assertThatThrownBy(() -> readAll(journal))
          .isInstanceOf(JournalDamagedException.class)
          .hasMessageContaining("the file ends before it");
    }
  }

  @Test
  void aMissingSegmentStopsTheStart() throws Exception {
    JournalFixture many = new JournalFixture(3);
    try (Journal journal = many.open()) {
      for (int i = 0; i < 200; i++) {
        append(journal, "key " + i);
      }
    }
    Path second =
        many.disk.files().stream().filter(f -> f.toString().endsWith(".segment")).toList().get(1);
    many.disk.delete(second);
    assertThatThrownBy(many::open)
        .isInstanceOf(JournalDamagedException.class)
        .hasMessageContaining("is missing");
  }

  @Test
  void aPayloadThatQuotesAWholeRecordIsNotTakenForOne() throws Exception {
    byte[] quoted = Arrays.copyOfRange(segment, starts[3], starts[4]);
    JournalFixture other = new JournalFixture(4);
    Journal journal = other.open();
    append(journal, "a");
    append(journal, "b");
    journal.append(List.of(new Entry(EventKey.of("test", "c"), ByteBuffer.wrap(quoted))));
    other.disk.endProcess();
    byte[] file = other.disk.bytes(SEGMENT);
    file[starts[2]] ^= 1;
    other.disk.put(SEGMENT, file);
    other.disk.delete(DIRECTORY.resolve(SyncedMark.NAME));
    try (EmbeddedJournal again = other.open()) {
      assertThat(readAll(again)).hasSize(2);
    }
  }

  @Test
  void aFormatOfTheFutureIsNamed() throws Exception {
    byte[] file = segment.clone();
    file[11] = 9;
    ByteBuffer.wrap(file).putInt(60, Crc32c.of(ByteBuffer.wrap(file), 0, 60));
    assertThatThrownBy(with(file)::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has format 9; this Hooklake reads 1");
  }

  private byte[] changedAt(int at) {
    byte[] changed = segment.clone();
    changed[at] ^= 0x10;
    return changed;
  }
}
