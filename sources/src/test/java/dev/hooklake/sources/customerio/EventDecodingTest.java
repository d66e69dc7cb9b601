package dev.hooklake.sources.customerio;

import static dev.hooklake.sources.customerio.Samples.OPENED;
import static dev.hooklake.sources.customerio.Samples.decode;
import static dev.hooklake.sources.customerio.Samples.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Decoding.NotUnderstood;
import dev.hooklake.sources.Decoding.Reason;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.event.Row;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which table an event goes to, when it happened, and what keeps it from being understood.
class EventDecodingTest {

  @Test
  void aPreferenceChangeBelongsToCustomersWhateverItsType() {
    for (String type : new String[] {"", "\"object_type\":\"live_activity\",", "\"x\":1,"}) {
      Row row =
          row(
              "{"
                  + type
                  + "\"metric\":\"cio_subscription_preferences_changed\",\"timestamp\":1e9}");

      assertThat(row.table().name()).isEqualTo("customer_events");
    }
  }

  @Test
  void aPreferenceChangeOfNoTypeIsTheCustomers() {
    Row row = row("{\"metric\":\"cio_subscription_preferences_changed\",\"timestamp\":1000000000}");

    assertThat(row.value("object_type")).isEqualTo("customer");
    assertThat(row.value("extra")).isNull();
  }

  @Test
  void theRealTypeComesBeforeTheMisspeltOne() {
    Row row =
        row(
            "{\"object_type_type\":\"push\",\"object_type\":\"sms\",\"timestamp\":1000000000,"
                + "\"metric\":\"cio_subscription_preferences_changed\"}");

    assertThat(row.value("object_type")).isEqualTo("sms");
    assertThat(row.value("extra")).isEqualTo("{\"object_type_type\":\"push\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "email|unsubscribed|\"email_address\":\"a@example.com\"|customer_events",
        "email|unsubscribed|\"email_address\":null|customer_events",
        "sms|subscribed|\"email_address\":null|customer_events",
        "email|unsubscribed|\"recipient\":\"a@example.com\"|email_events",
        "email|unsubscribed|\"email_address\":\"a@example.com\",\"recipient\":\"b\"|email_events",
        "email|unsubscribed|\"delivery_id\":\"d\"|email_events",
        "email|opened|\"email_address\":\"a@example.com\"|email_events"
      })
  void unsubscribingAPersonIsNotUnsubscribingAMessage(
      String type, String metric, String data, String table) {
    Row row =
        row(
            "{\"object_type\":\"%s\",\"metric\":\"%s\",\"timestamp\":1000000000,\"data\":{%s}}"
                .formatted(type, metric, data));

    assertThat(row.table().name()).isEqualTo(table);
  }

  @Test
  void anUnknownMetricOfAKnownChannelLandsWithWhatIsKnown() {
    Row row =
        row(
            "{\"event_id\":\"e\",\"object_type\":\"push\",\"metric\":\"snoozed\","
                + "\"timestamp\":1000000000,\"data\":{\"delivery_id\":\"d\",\"minutes\":10}}");

    assertThat(row.table().name()).isEqualTo("push_events");
    assertThat(row.value("metric")).isEqualTo("snoozed");
    assertThat(row.value("delivery_id")).isEqualTo("d");
    assertThat(row.value("extra")).isEqualTo("{\"data\":{\"minutes\":10}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ",\"metric\":null", ",\"metric\":\" \"", ",\"metric\":7", ",\"metric\":{}"})
  void anEventWithoutAMetricIsNotUnderstood(String metric) {
    assertThat(reason("{\"object_type\":\"email\",\"timestamp\":1000000000" + metric + "}"))
        .isEqualTo(Reason.METRIC_MISSING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"lead\"", "\"Email\"", "\"email \"", "null", "7", "[\"email\"]", "\"\""})
  void anObjectTypeThatIsNoneOfTheEightIsNotUnderstood(String type) {
    assertThat(
            reason("{\"object_type\":" + type + ",\"metric\":\"sent\",\"timestamp\":1000000000}"))
        .isEqualTo(Reason.OBJECT_TYPE_UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "\"\"",
        "\"soon\"",
        "\"2026-01-05T09:04:29Z\"",
        "true",
        "[]",
        "{}",
        "-1",
        "0",
        "946684799",
        "1767603757000",
        "253402300800",
        "1e400",
        "1e9999999999",
        "-1e400",
        "1e-400",
        "99999999999999999999999"
      })
  void aTimestampThatIsNoSecondOfThisEraIsUnusable(String timestamp) {
    assertThat(
            reason(
                "{\"object_type\":\"email\",\"metric\":\"sent\",\"timestamp\":" + timestamp + "}"))
        .isEqualTo(Reason.TIMESTAMP_UNUSABLE);
  }

  @Test
  void anAbsentTimestampIsUnusable() {
    assertThat(reason("{\"object_type\":\"email\",\"metric\":\"sent\"}"))
        .isEqualTo(Reason.TIMESTAMP_UNUSABLE);
  }

  @ParameterizedTest
  @CsvSource({
    "946684800,2000-01-01T00:00:00Z",
    "253402300799,9999-12-31T23:59:59Z",
    "1767657599,2026-01-05T23:59:59Z",
    "1767657600,2026-01-06T00:00:00Z",
    "\"1767657600\",2026-01-06T00:00:00Z",
    "1767657600.0,2026-01-06T00:00:00Z",
    "1.7676576e9,2026-01-06T00:00:00Z"
  })
  void aTimestampGivesTimeAndUtcDate(String timestamp, Instant occurredAt) {
    Row row =
        row("{\"object_type\":\"email\",\"metric\":\"sent\",\"timestamp\":" + timestamp + "}");

    assertThat(row.value("occurred_at")).isEqualTo(occurredAt);
    assertThat(row.value("timestamp")).isEqualTo(occurredAt.getEpochSecond());
    assertThat(row.value("event_date"))
        .isEqualTo(LocalDate.parse(occurredAt.toString().substring(0, 10)));
    assertThat(row.value("extra")).isNull();
  }

  @Test
  void aTimestampWithAFractionCountsItsWholeSecondAndIsKept() {
    Row row = row("{\"object_type\":\"email\",\"metric\":\"sent\",\"timestamp\":1767657599.987}");

    assertThat(row.value("timestamp")).isEqualTo(1767657599L);
    assertThat(row.value("extra")).isEqualTo("{\"timestamp\":1767657599.987}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "hello",
        "{",
        "{}}",
        "{} {}",
        "[1",
        "1 2",
        "{\"a\":01}",
        "{'a':1}",
        "{\"a\":NaN}",
        "\uFEFF{}",
        "// {}",
        "{\"a\":1,}",
        "{\"a\":\"\u0001\"}"
      })
  void whatIsNotOneJsonTextIsNotJson(String body) {
    assertThat(reason(body)).isEqualTo(Reason.NOT_JSON);
  }

  @Test
  void jsonInAnotherEncodingIsNotJson() {
    byte[] utf16 = OPENED.concat("}").getBytes(StandardCharsets.UTF_16LE);
    byte[] broken = {'{', '"', (byte) 0xc3, '"', ':', '1', '}'};

    assertThat(reason(Payload.wrap(utf16))).isEqualTo(Reason.NOT_JSON);
    assertThat(reason(Payload.wrap(broken))).isEqualTo(Reason.NOT_JSON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[{}]", "\"text\"", "1", "null", "true"})
  void jsonThatIsNoObjectIsNamedSo(String body) {
    assertThat(reason(body)).isEqualTo(Reason.NOT_AN_OBJECT);
  }

  @Test
  void whatGoesBeyondTheParsersLimitsIsNamedSo() {
    for (String field :
        new String[] {
          "\"x\":" + "[".repeat(100) + "]".repeat(100),
          "\"x\":" + "1".repeat(1_001),
          "\"" + "n".repeat(1_001) + "\":1"
        }) {
      assertThat(reason(OPENED + "," + field + "}")).isEqualTo(Reason.FIELD_UNUSABLE);
    }
  }

  @Test
  void messagesOfWhatIsNotUnderstoodHoldNothingOfTheEvent() {
    for (String body :
        new String[] {
          "{\"metric\":\"x-1\",\"object_type\":\"x-2\"}", "{\"x-3\":1}", "x-4", "[\"x-5\"]"
        }) {
      NotUnderstood why = (NotUnderstood) decode(Payload.of(body));
      assertThat(why.message()).isNotBlank().doesNotContain("x-");
    }
  }

  @Test
  void decodingAgainGivesTheSame() {
    for (String line : Samples.all()) {
      assertThat(decode(Payload.of(line))).isEqualTo(decode(Payload.of(line)));
    }
  }

  private static Reason reason(String body) {
    return reason(Payload.of(body));
  }

  private static Reason reason(Payload body) {
    Decoding decoding = decode(body);
    assertThat(decoding).isInstanceOf(NotUnderstood.class);
    return ((NotUnderstood) decoding).reason();
  }
}
