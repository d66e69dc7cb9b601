package dev.hooklake.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hooklake.journal.disk.Crc32c;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/// Whatever bytes lie in the journal's directory, a start says what is wrong or goes on, a repair
/// makes the journal open again, and neither hangs or asks for absurd memory. A normal build runs
/// the inputs kept beside the tests; `JAZZER_FUZZ=1 mvn ... -Djazzer.hooks=true
/// -Dtest=JournalFuzzTest` searches for more.
class JournalFuzzTest {
  private static final UUID JOURNAL = new UUID(7, 7);
  private static final int RUN_FOOTER_BYTES = 112;
  private static final Path SEGMENT =
      JournalFixture.DIRECTORY.resolve("0000000000000000001.segment");
  private static final Path RUN =
      JournalFixture.DIRECTORY.resolve("0000000000000000001-0000000000000000009.keys");
  private static final Path MARK = JournalFixture.DIRECTORY.resolve(SyncedMark.NAME);

  @FuzzTest
  void anySegment(byte[] file) throws Exception {
    JournalFixture fixture = new JournalFixture(1);
    fixture.disk.put(SEGMENT, file);
    openRepairAndOpen(fixture);
  }

  /// Records whose header and checksums hold, so that what they say is believed.
  @FuzzTest
  void anyRecordsWithSoundChecksums(byte[] records) throws Exception {
    SegmentHeader header = new SegmentHeader(JOURNAL, 1, 0, 0, false);
    ByteBuffer file = ByteBuffer.allocate(SegmentHeader.BYTES + records.length);
    file.put(header.encoded()).put(records);
    int at = SegmentHeader.BYTES;
    while (at + Frame.HEADER_BYTES <= file.limit()) {
      int length = Math.clamp(file.getInt(at + 4), 0, file.limit() - at - Frame.HEADER_BYTES);
      file.putInt(at + 4, length);
      int end = at + Frame.HEADER_BYTES + length;
      file.putInt(at, Crc32c.of(file, at + 4, end) ^ header.mask());
      at = end;
    }
    JournalFixture fixture = new JournalFixture(1);
    fixture.disk.put(SEGMENT, file.array());
    openRepairAndOpen(fixture);
  }

  @FuzzTest
  void anyRun(byte[] file) throws Exception {
    JournalFixture fixture = journalWithARecord();
    fixture.disk.put(RUN, file);
    openRepairAndOpen(fixture);
  }

  /// A run whose footer's checksum holds, so that the sizes in it are believed.
  @FuzzTest
  void anyRunWithASoundFooter(byte[] bytes) throws Exception {
    ByteBuffer file = ByteBuffer.wrap(Arrays.copyOf(bytes, bytes.length + RUN_FOOTER_BYTES));
    JournalFixture fixture = journalWithARecord();
    int footer = file.limit() - RUN_FOOTER_BYTES;
    // The sizes are the last bytes of the input.
    for (int i = 0; i < Math.min(40, bytes.length); i++) {
      file.put(footer + 48 + i, bytes[bytes.length - 1 - i]);
    }
    file.putLong(footer, 0x484f_4f4b_4b45_5953L).putInt(footer + 8, 1).putInt(footer + 12, 0);
    UUID journal = SegmentHeader.read(fixture.disk.openToRead(SEGMENT)).journal();
    file.putLong(footer + 16, journal.getMostSignificantBits());
    file.putLong(footer + 24, journal.getLeastSignificantBits());
    file.putLong(footer + 32, 1).putLong(footer + 40, 9);
    file.putInt(footer + 108, Crc32c.of(file, footer, footer + 108));
    fixture.disk.put(RUN, file.array());
    openRepairAndOpen(fixture);
  }

  @FuzzTest
  void anyMark(byte[] file) throws Exception {
    JournalFixture fixture = journalWithARecord();
    fixture.disk.put(MARK, file);
    openRepairAndOpen(fixture);
  }

  private static JournalFixture journalWithARecord() throws Exception {
    JournalFixture fixture = new JournalFixture(1);
    fixture.open().append(List.of(JournalFixture.entry("a")));
    fixture.disk.endProcess();
    return fixture;
  }

  private static void openRepairAndOpen(JournalFixture fixture) throws Exception {
    try {
      use(fixture);
      return;
    } catch (IOException e) {
      assertThat(e.getMessage()).isNotBlank();
      fixture.disk.endProcess();
    }
    try {
      new JournalFiles(JournalFixture.DIRECTORY, fixture.disk).repair(fixture.clock);
      use(fixture);
    } catch (IOException e) {
      // Not every file is one that a repair can or should believe; it says so.
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  private static void use(JournalFixture fixture) throws IOException, InterruptedException {
    try (Journal journal = fixture.open()) {
      journal.append(List.of(JournalFixture.entry("b")));
      JournalConsumer lake = journal.consumer(JournalFixture.LAKE, 0);
      while (!lake.read(100, 1 << 20, Duration.ZERO).isEmpty()) {
        // To the end.
      }
    }
  }
}
