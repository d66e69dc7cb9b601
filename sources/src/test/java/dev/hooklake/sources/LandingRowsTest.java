package dev.hooklake.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.sources.Decoding.NotUnderstood;
import dev.hooklake.sources.Decoding.Reason;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.event.Tables;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LandingRowsTest {
  private static final Instant ARRIVED = Instant.parse("2026-01-05T23:59:59.999999Z");

  @Test
  void aLandingRowHoldsTheEventAsItCame() {
    Row row = LandingRows.landing(event(Payload.of("{\"a\": 1}"), "application/json"), 42);

    assertThat(row.table()).isSameAs(Tables.LANDING);
    assertThat(row.value("source")).isEqualTo("customerio");
    assertThat(row.value("event_key")).isEqualTo("key-1");
    assertThat(row.value("received_at")).isEqualTo(ARRIVED);
    assertThat(row.value("path")).isEqualTo("/webhook/customerio");
    assertThat(row.value("headers")).isEqualTo("{\"user-agent\":[\"a \\\"b\\\"\"]}");
    assertThat(row.value("content_type")).isEqualTo("application/json");
    assertThat(row.value("body")).isEqualTo("{\"a\": 1}");
    assertThat(row.value("body_encoding")).isEqualTo("utf-8");
    assertThat(row.value("journal_position")).isEqualTo(42L);
    assertThat(row.value("date_partition")).isEqualTo(LocalDate.of(2026, 1, 5));
  }

  @Test
  void aBodyThatIsNotUtf8IsKeptAsBase64() {
    Row row = LandingRows.landing(event(bytes(0x7b, 0xff, 0x7d), ""), 1);

    assertThat(row.value("body")).isEqualTo("e/99");
    assertThat(row.value("body_encoding")).isEqualTo("base64");
    assertThat(row.value("content_type")).isNull();
  }

  @Test
  void aReplacementCharacterThatWasReallySentIsText() {
    Row row = LandingRows.landing(event(Payload.of("a\uFFFDb"), ""), 1);

    assertThat(row.value("body")).isEqualTo("a\uFFFDb");
    assertThat(row.value("body_encoding")).isEqualTo("utf-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "zo\u00eb \u2713 \ud83d\ude00", "a\u0000b\r\n", "a\uFFFDb"})
  void textComesBackFromALandingRow(String text) {
    SourceEvent event = event(Payload.of(text), "text/plain; charset=utf-8");

    assertThat(LandingRows.event(LandingRows.landing(event, 1))).isEqualTo(event);
  }

  @Test
  void anyBytesComeBackFromALandingRow() {
    byte[] every = new byte[256];
    for (int i = 0; i < every.length; i++) {
      every[i] = (byte) i;
    }
    SourceEvent event = event(Payload.wrap(every), "");

    assertThat(LandingRows.event(LandingRows.landing(event, 1))).isEqualTo(event);
  }

  @Test
  void anOverlongOrSurrogateFormOfUtf8IsKeptAsBytes() {
    for (Payload body : new Payload[] {bytes(0xc0, 0x80), bytes(0xed, 0xa0, 0x80)}) {
      Row row = LandingRows.landing(event(body, ""), 1);

      assertThat(row.value("body_encoding")).isEqualTo("base64");
      assertThat(LandingRows.event(row).body()).isEqualTo(body);
    }
  }

  @Test
  void aQuarantineRowNamesTheLandingRowAndTheReason() {
    Instant later = ARRIVED.plusSeconds(60);

    Row row =
        LandingRows.quarantine(
            event(Payload.of("x"), ""),
            7,
            new NotUnderstood(Reason.NOT_JSON, "the body is not JSON"),
            later);

    assertThat(row.table()).isSameAs(Tables.QUARANTINE);
    assertThat(row.value("source")).isEqualTo("customerio");
    assertThat(row.value("event_key")).isEqualTo("key-1");
    assertThat(row.value("reason")).isEqualTo("NOT_JSON");
    assertThat(row.value("message")).isEqualTo("the body is not JSON");
    assertThat(row.value("received_at")).isEqualTo(ARRIVED);
    assertThat(row.value("quarantined_at")).isEqualTo(later);
    assertThat(row.value("journal_position")).isEqualTo(7L);
    assertThat(row.value("date_partition")).isEqualTo(LocalDate.of(2026, 1, 5));
  }

  private static SourceEvent event(Payload body, String contentType) {
    return new SourceEvent(
        "customerio",
        "key-1",
        ARRIVED,
        "/webhook/customerio",
        Headers.of("User-Agent", "a \"b\""),
        contentType,
        body);
  }

  private static Payload bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return Payload.wrap(bytes);
  }
}
