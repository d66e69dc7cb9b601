package dev.hooklake.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.journal.EventKey;
import dev.hooklake.journal.JournalRecord;
import dev.hooklake.lake.Batch.SequencedRow;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.LandingRows;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecodedSizeTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  @Test
  void aShortTextCountsAsItIsInTheJournal() {
    assertThat(textBytes("x".repeat(1024))).isZero();
  }

  @Test
  void aLongTextCountsAsItIsInMemoryToo() {
    assertThat(textBytes("x".repeat(5000))).isEqualTo(5000);
    assertThat(textBytes("é".repeat(5000))).as("Latin-1").isEqualTo(5000);
  }

  @Test
  void oneCharacterBeyondLatin1DoublesIt() {
    assertThat(textBytes("x".repeat(4999) + "ж")).isEqualTo(10_000);
  }

  @Test
  void aTextInTwoTablesCountsTwice() {
    SourceEvent event = event("x".repeat(5000));
    var row = new SequencedRow(1, LandingRows.landing(event, 1));
    JournalRecord record = record(event);

    assertThat(DecodedSize.of(record, List.of(row, row)))
        .isEqualTo(record.payload().remaining() + 10_000);
  }

  private static long textBytes(String body) {
    SourceEvent event = event(body);
    JournalRecord record = record(event);
    var row = new SequencedRow(1, LandingRows.landing(event, 1));
    return DecodedSize.of(record, List.of(row)) - record.payload().remaining();
  }

  private static JournalRecord record(SourceEvent event) {
    return new JournalRecord(1, NOW, EventKey.of("plain", "key"), EventCodec.encode(event));
  }

  private static SourceEvent event(String body) {
    return new SourceEvent("plain", "key", NOW, "/", Headers.NONE, "", Payload.of(body));
  }
}
