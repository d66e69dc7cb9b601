package dev.hooklake.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.journal.JournalRecord;
import dev.hooklake.lake.Batch;
import dev.hooklake.lake.Batch.SequencedRow;
import dev.hooklake.lake.CommitOutcome;
import dev.hooklake.lake.Lake;
import dev.hooklake.lake.LakeReader;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.server.pipeline.EventCodec;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.LandingRows;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LandedRecordsTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00.123456Z");

  @TempDir private Path folder;

  @Test
  void recordsComeBackAsTheyWereInTheJournal() throws Exception {
    land(UUID.randomUUID(), "a", NOON, 1, 5);

    List<JournalRecord> records = read(1, 4);

    assertThat(records).extracting(JournalRecord::sequence).containsExactly(2L, 3L, 4L);
    assertThat(EventCodec.decode(records.getFirst().payload())).isEqualTo(event("a", NOON, 2));
  }

  @Test
  void rowsOfAnEarlierJournalAreNotTakenForThisOnes() throws Exception {
    land(UUID.randomUUID(), "old", NOON, 1, 5);
    land(UUID.randomUUID(), "new", NOON.plusSeconds(60), 1, 3);

    assertThat(read(0, 3))
        .extracting(record -> EventCodec.decode(record.payload()).source())
        .containsExactly("new", "new", "new");
  }

  @Test
  void withoutALandingTableThereIsNothing() throws Exception {
    assertThat(read(0, 10)).isEmpty();
  }

  private List<JournalRecord> read(long after, long through) throws Exception {
    return new LandedRecords(LakeReader.open(LakeSettings.in(folder))).read(after, through);
  }

  private void land(UUID journal, String source, Instant from, long first, long last)
      throws Exception {
    List<SequencedRow> rows = new ArrayList<>();
    for (long sequence = first; sequence <= last; sequence++) {
      rows.add(
          new SequencedRow(sequence, LandingRows.landing(event(source, from, sequence), sequence)));
    }
    try (Lake lake = Lake.open(LakeSettings.in(folder), journal, InstantSource.fixed(from))) {
      assertThat(lake.commit(new Batch(first, last, rows)))
          .isInstanceOf(CommitOutcome.Committed.class);
    }
  }

  private static SourceEvent event(String source, Instant from, long sequence) {
    return new SourceEvent(
        source,
        "key-" + sequence,
        from.plusMillis(sequence),
        "/in/" + source,
        Headers.of("svix-id", "msg_" + sequence),
        "application/octet-stream",
        Payload.wrap(new byte[] {(byte) 0xff, (byte) sequence}));
  }
}
