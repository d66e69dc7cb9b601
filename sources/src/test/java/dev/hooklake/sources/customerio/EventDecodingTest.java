package dev.hooklake.sources.customerio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Decoding.NotUnderstood;
import dev.hooklake.sources.Decoding.Reason;
import dev.hooklake.sources.Decoding.Understood;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.event.Row;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The shapes that no schema promises.
class EventDecodingTest {
  private static final String OPENED =
      "{\"event_id\":\"e\",\"object_type\":\"email\",\"metric\":\"opened\",\"timestamp\":1767603757";

  private final CustomerIo source = Samples.source();

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
  @CsvSource(
      delimiter = '|',
      value = {
        "campaign_id|\"31\"|31",
        "campaign_id|31.0|31",
        "campaign_id|3.1e1|31",
        "campaign_id|-9223372036854775808|-9223372036854775808",
        "transactional_message_id|\"5\"|5",
        "customer_id|42|42",
        "customer_id|12345678901234567890.10|12345678901234567890.10",
        "subject|true|true",
        "machine|\"true\"|true",
        "machine|1|true",
        "prefetched|0|false",
        "headers|\"x\"|\"x\""
      })
  void aValueOfAnotherTypeIsReadWhereItsMeaningIsObvious(
      String field, String value, String expected) {
    Row row = row(OPENED + ",\"data\":{\"" + field + "\":" + value + "}}");

    assertThat(row.value(field)).hasToString(expected);
    assertThat(row.value("extra")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "campaign_id|31.5",
        "campaign_id|9223372036854775808",
        "campaign_id|1E+400",
        "campaign_id|\"spring\"",
        "campaign_id|true",
        "link_id|[1]",
        "recipient|{\"a\": [1, 2]}",
        "machine|\"maybe\"",
        "machine|2",
        "proxied|{}"
      })
  void aValueThatNoReadingFitsStaysInExtraAsSent(String field, String value) {
    Row row = row(OPENED + ",\"data\":{\"" + field + "\":" + value + "}}");

    assertThat(row.value(field)).isNull();
    assertThat(row.value("extra")).isEqualTo("{\"data\":{\"" + field + "\":" + value + "}}");
  }

  @Test
  void nullAndEmptyStringsAreAbsent() {
    Row row =
        row(
            OPENED
                + ",\"data\":{\"customer_id\":\"\",\"recipient\":\"\",\"campaign_id\":\"\","
                + "\"newsletter_id\":null,\"machine\":null,\"identifiers\":{\"id\":null}}}");

    for (String column :
        new String[] {"customer_id", "recipient", "campaign_id", "newsletter_id"}) {
      assertThat(row.value(column)).as(column).isNull();
    }
    assertThat(row.value("machine")).isNull();
    assertThat(row.value("is_machine")).isEqualTo(false);
    assertThat(row.value("extra")).isNull();
  }

  @Test
  void unknownFieldsAreKeptWhereTheyStoodExactlyAsSent() {
    String json =
        "{\"event_id\":\"e\",\"object_type\":\"email\",\"metric\":\"opened\","
            + "\"timestamp\":1767603757,\"delivery_type\" : \"email\",\"data\":{\"score\":1.10,"
            + "\"big\":123456789012345678901234567890,\"tiny\":1E-400,\"b\\u0061d\":\"\\u003c\","
            + "\"nothing\":null,\"recipient\":\"r\","
            + "\"nested\":{\"a\": [1, {\"b\":null}]},\"identifiers\":{\"id\":\"7\",\"phone\":\"+1\"}}}";

    assertThat(row(json).value("extra"))
        .isEqualTo(
            "{\"delivery_type\" : \"email\",\"data\":{\"score\":1.10,"
                + "\"big\":123456789012345678901234567890,\"tiny\":1E-400,\"b\\u0061d\":\"\\u003c\","
                + "\"nothing\":null,\"nested\":{\"a\": [1, {\"b\":null}]},"
                + "\"identifiers\":{\"phone\":\"+1\"}}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "\"text\"", "17", "[{\"recipient\":\"r\"}]"})
  void dataThatIsNoObjectStaysInExtra(String data) {
    Row row = row(OPENED + ",\"data\":" + data + "}");

    assertThat(row.value("recipient")).isNull();
    assertThat(row.value("extra")).isEqualTo("{\"data\":" + data + "}");
  }

  @Test
  void identifiersThatAreNoObjectStayInExtra() {
    assertThat(row(OPENED + ",\"data\":{\"identifiers\":[\"7\"]}}").value("extra"))
        .isEqualTo("{\"data\":{\"identifiers\":[\"7\"]}}");
  }

  @Test
  void aFieldGivenTwiceCountsOnceAndTheSecondIsKept() {
    Row row =
        row(
            OPENED
                + ",\"metric\":\"sent\",\"data\":{\"subject\":\"a\",\"subject\":\"a\","
                + "\"subject\":\"b\"},\"data\":{\"href\":\"h\"}}");

    assertThat(row.value("metric")).isEqualTo("opened");
    assertThat(row.value("subject")).isEqualTo("a");
    assertThat(row.value("href")).isEqualTo("h");
    assertThat(row.value("extra")).isEqualTo("{\"metric\":\"sent\",\"data\":{\"subject\":\"b\"}}");
  }

  @Test
  void thePersonsAddressInDataComesBeforeTheIdentifiers() {
    Row row =
        row(
            OPENED
                + ",\"data\":{\"identifiers\":{\"email\":\"old@example.com\"},"
                + "\"email_address\":\"new@example.com\"}}");

    assertThat(row.value("email_address")).isEqualTo("new@example.com");
    assertThat(row.value("extra"))
        .isEqualTo("{\"data\":{\"identifiers\":{\"email\":\"old@example.com\"}}}");
  }

  @Test
  void aMachineClickInAChannelWithoutThatColumnCountsAndIsKept() {
    Row row =
        row(
            "{\"object_type\":\"sms\",\"metric\":\"clicked\",\"timestamp\":1767603757,"
                + "\"data\":{\"machine\":true}}");

    assertThat(row.value("is_machine")).isEqualTo(true);
    assertThat(row.value("extra")).isEqualTo("{\"data\":{\"machine\":true}}");
  }

  @Test
  void aProxyIsNoProofOfAMachine() {
    Row row = row(OPENED + ",\"data\":{\"proxied\":true,\"synthetic\":true}}");

    assertThat(row.value("proxied")).isEqualTo(true);
    assertThat(row.value("is_machine")).isEqualTo(false);
  }

  @Test
  void anEventIdThatCannotBeTheKeyIsKept() {
    Row row =
        row("{\"event_id\":7,\"object_type\":\"email\",\"metric\":\"sent\",\"timestamp\":1e9}");

    assertThat(row.value("event_id").toString()).startsWith("sha256:");
    assertThat(row.value("extra")).isEqualTo("{\"event_id\":7}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", "[]", "{\"topics\":[true]}", "{\"topics\":{\"topic_1\":true}"})
  void contentThatHoldsNoTopicsStaysContent(String content) {
    Row row =
        row(
            "{\"metric\":\"cio_subscription_preferences_changed\",\"timestamp\":1000000000,"
                + "\"data\":{\"content\":\""
                + content.replace("\"", "\\\"")
                + "\"}}");

    assertThat(row.value("content")).isEqualTo(content);
    if (!content.contains("topic_1")) {
      assertThat(row.value("topics")).isNull();
    }
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

  private Row row(String body) {
    Decoding decoding = decode(Payload.of(body));
    assertThat(decoding).isInstanceOf(Understood.class);
    return ((Understood) decoding).row();
  }

  private Reason reason(String body) {
    return reason(Payload.of(body));
  }

  private Reason reason(Payload body) {
    Decoding decoding = decode(body);
    assertThat(decoding).isInstanceOf(NotUnderstood.class);
    return ((NotUnderstood) decoding).reason();
  }

  private Decoding decode(Payload body) {
    Delivery delivery = Samples.delivery(Headers.NONE, body);
    return source.decode(source.split(delivery).get(0), Samples.PROCESSED);
  }
}
