package dev.hooklake.server.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.lake.Batch;
import dev.hooklake.lake.Batch.SequencedRow;
import dev.hooklake.lake.CommitOutcome;
import dev.hooklake.lake.Lake;
import dev.hooklake.lake.LakeReader;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.server.analytics.EventLookup.LandedEvent;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.LandingRows;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.customerio.CustomerIo;
import dev.hooklake.sources.customerio.CustomerIoSettings;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.signature.Secret;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeEventLookupTest {
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

  private final Source source =
      new CustomerIo(CustomerIoSettings.of("customerio", List.of(Secret.of("a test key"))));
  @TempDir Path data;
  private EventLookup lookup;

  @BeforeEach
  void open() {
    lookup = new LakeEventLookup(LakeReader.open(LakeSettings.in(data)));
  }

  private void land(String... bodies) throws Exception {
    try (Lake lake =
        Lake.open(LakeSettings.in(data), UUID.randomUUID(), InstantSource.fixed(NOW))) {
      for (int i = 0; i < bodies.length; i++) {
        assertThat(lake.commit(new Batch(i + 1, i + 1, rows(bodies[i], i + 1))))
            .isInstanceOf(CommitOutcome.Committed.class);
      }
    }
  }

  private List<SequencedRow> rows(String body, long sequence) {
    var event =
        new SourceEvent(
            "customerio", "key-" + sequence, NOW, "/", Headers.NONE, "", Payload.of(body));
    Row derived =
        switch (source.decode(event, NOW)) {
          case Decoding.Understood understood -> understood.row();
          case Decoding.NotUnderstood why -> LandingRows.quarantine(event, sequence, why, NOW);
        };
    return List.of(
        new SequencedRow(sequence, LandingRows.landing(event, sequence)),
        new SequencedRow(sequence, derived));
  }

  @Test
  void anUnderstoodEventIsFoundInItsChannelTable() throws Exception {
    land(
        "{\"event_id\":\"key-1\",\"object_type\":\"sms\",\"metric\":\"sent\",\"timestamp\":1772452800,"
            + "\"data\":{\"delivery_id\":\"d\",\"identifiers\":{\"id\":\"u\"}}}");
    assertThat(lookup.find("customerio", "key-1"))
        .contains(new LandedEvent("sms_events", 0, NOW, 1, null, null));
  }

  @Test
  void anEventThatIsNotUnderstoodIsFoundWithItsReason() throws Exception {
    land("not json");
    LandedEvent found = lookup.find("customerio", "key-1").orElseThrow();
    assertThat(found.table()).isEqualTo("quarantine");
    assertThat(found.reason()).isEqualTo("NOT_JSON");
    assertThat(found.message()).isNotBlank();
  }

  @Test
  void anotherKeyOrAnotherSourceIsNotFound() throws Exception {
    land("not json");
    assertThat(lookup.find("customerio", "key-2")).isEmpty();
    assertThat(lookup.find("other", "key-1")).isEmpty();
  }

  @Test
  void whatLandsLaterIsFoundByTheSameLookup() throws Exception {
    assertThat(lookup.find("customerio", "key-2")).isEmpty();
    land("not json", "nor this");
    assertThat(lookup.find("customerio", "key-2").orElseThrow().journalPosition()).isEqualTo(2);
  }
}
