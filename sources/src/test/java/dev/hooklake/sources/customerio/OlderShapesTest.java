package dev.hooklake.sources.customerio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.sources.Decoding.NotUnderstood;
import dev.hooklake.sources.Decoding.Reason;
import dev.hooklake.sources.Decoding.Understood;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.event.Row;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The older guide's envelopes and metric names, behind their setting.
class OlderShapesTest {
  private final CustomerIo lenient = Samples.lenientSource();

  @Test
  void anEnvelopeIsCutIntoTheExactBytesOfItsEvents() {
    List<SourceEvent> events =
        split(
            "{ \"events\" : [ {\"event_id\": \"a\", \"x\": 1.10 } ,{\"event_id\":\"zo\u00eb\u2713\"},"
                + "[1, 2], \"text\",17 ,null,{}]}\n");

    assertThat(events)
        .extracting(event -> event.body().utf8())
        .containsExactly(
            "{\"event_id\": \"a\", \"x\": 1.10 }",
            "{\"event_id\":\"zo\u00eb\u2713\"}",
            "[1, 2]",
            "\"text\"",
            "17",
            "null",
            "{}");
    assertThat(events.subList(0, 2))
        .extracting(SourceEvent::eventKey)
        .containsExactly("a", "zo\u00eb\u2713");
    assertThat(events.subList(2, 7))
        .allSatisfy(event -> assertThat(event.eventKey()).startsWith("sha256:"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"events\":[]}",
        "{\"events\":{}}",
        "{\"events\":[{\"event_id\":\"a\"}",
        "{\"events\":[{\"event_id\":\"a\"}]} x",
        "{\"event_id\":\"a\",\"events\":[{\"event_id\":\"b\"}]}",
        "[{\"event_id\":\"a\"}]",
        "hello",
        ""
      })
  void whatIsNoEnvelopeIsOneEvent(String body) {
    assertThat(split(body))
        .singleElement()
        .extracting(event -> event.body().utf8())
        .isEqualTo(body);
  }

  @Test
  void todaysEventsDecodeTheSameWithTheSetting() {
    for (String line : Samples.all()) {
      assertThat(lenient.decode(Samples.event(lenient, line), Samples.PROCESSED))
          .isEqualTo(Samples.source().decode(Samples.event(lenient, line), Samples.PROCESSED));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "email_delivered,email_events,email,delivered",
    "email_complained,email_events,email,spammed",
    "email_unsubscribed,email_events,email,unsubscribed",
    "in_app_clicked,in_app_events,in_app,clicked",
    "sms_failed,sms_events,sms,failed",
    "customer_unsubscribed,customer_events,customer,unsubscribed",
    "customer_subscription_preferences_changed,customer_events,customer,"
        + "cio_subscription_preferences_changed"
  })
  void aJoinedMetricSaysTypeAndMetric(String joined, String table, String type, String metric) {
    Row row =
        row(
            ("{\"event_id\":\"e\",\"metric\":\"%s\",\"timestamp\":1767603757,"
                    + "\"data\":{\"email_address\":\"a@example.com\",\"link\":\"https://example.com\"}}")
                .formatted(joined));

    assertThat(row.table().name()).isEqualTo(table);
    assertThat(row.value("object_type")).isEqualTo(type);
    assertThat(row.value("metric")).isEqualTo(metric);
    assertThat(row.value("email_address")).isEqualTo("a@example.com");
    assertThat(row.value("href")).isEqualTo("https://example.com");
  }

  @Test
  void aMetricThatWasRenamedIsKeptAsSent() {
    assertThat(row("{\"metric\":\"email_complained\",\"timestamp\":1767603757}").value("extra"))
        .isEqualTo("{\"metric\":\"email_complained\"}");
    assertThat(row("{\"metric\":\"email_opened\",\"timestamp\":1767603757}").value("extra"))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"delivered", "email_", "fax_sent", "lead_created", "emailed"})
  void aMetricThatNamesNoTypeIsNotUnderstood(String metric) {
    assertThat(reason(lenient, metric)).isEqualTo(Reason.OBJECT_TYPE_UNKNOWN);
  }

  @Test
  void withoutTheSettingAJoinedMetricIsNotUnderstood() {
    assertThat(reason(Samples.source(), "email_delivered")).isEqualTo(Reason.OBJECT_TYPE_UNKNOWN);
  }

  private Row row(String event) {
    SourceEvent enclosed = split("{\"events\":[" + event + "]}").get(0);
    return ((Understood) lenient.decode(enclosed, Samples.PROCESSED)).row();
  }

  private static Reason reason(CustomerIo source, String metric) {
    String event = "{\"metric\":\"" + metric + "\",\"timestamp\":1767603757}";
    return ((NotUnderstood) source.decode(Samples.event(source, event), Samples.PROCESSED))
        .reason();
  }

  private List<SourceEvent> split(String body) {
    return lenient.split(Samples.delivery(body));
  }
}
