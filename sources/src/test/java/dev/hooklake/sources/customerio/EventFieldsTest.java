package dev.hooklake.sources.customerio;

import static dev.hooklake.sources.customerio.Samples.OPENED;
import static dev.hooklake.sources.customerio.Samples.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.sources.event.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Members of unexpected names and types: read where their meaning is obvious, else kept as sent.
class EventFieldsTest {

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
}
