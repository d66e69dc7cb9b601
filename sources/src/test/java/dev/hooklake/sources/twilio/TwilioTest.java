package dev.hooklake.sources.twilio;

import static dev.hooklake.sources.twilio.TwilioSamples.PROCESSED;
import static dev.hooklake.sources.twilio.TwilioSamples.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.sources.Answer;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Expected;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.PublicAddress;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.Verification.Reason;
import dev.hooklake.sources.Verification.Refused;
import dev.hooklake.sources.Verification.Verified;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.signature.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TwilioTest {
  private static final String STREAM_HASH =
      "bodySHA256=a32cd3f1d58d01daee13a30aec85ec5b1dcb57d7103c709ce373828d5ba3d0bd";
  private static final String STREAM_SIGNATURE = "aP3LaurHdnxKApyO4JLUlARb77w=";
  private static final String SID = "SMca978112ca1bbdcafac231b39a23dc4d";

  private final Twilio source = TwilioSamples.source();

  @TestFactory
  Stream<DynamicTest> everySampleIsAuthenticAndGivesItsRow() {
    assertThat(TwilioSamples.EXPECTED).hasSize(27).hasSameSizeAs(TwilioSamples.LINES);
    return IntStream.rangeClosed(1, 27)
        .mapToObj(line ->
            DynamicTest.dynamicTest(
                "line " + line + ": " + TwilioSamples.EXPECTED.get(line - 1).text("case"),
                () -> check(line)));
  }

  private void check(int line) {
    Delivery delivery = TwilioSamples.sample(line);
    assertThat(source.verify(delivery)).isEqualTo(new Verified(TOKEN.fingerprint(), null));
    List<SourceEvent> events = source.split(delivery);
    assertThat(events).hasSize(1);
    TwilioSamples.EXPECTED
        .get(line - 1)
        .check(events.get(0), source.decode(events.get(0), PROCESSED));
  }

  @Test
  void anExactRepeatHasTheSameKeyAndANewStatusAnother() {
    String delivered = onlyEvent(TwilioSamples.sample(2)).eventKey();
    assertThat(onlyEvent(TwilioSamples.sample(3)).eventKey()).isEqualTo(delivered);
    assertThat(onlyEvent(TwilioSamples.sample(1)).eventKey()).isNotEqualTo(delivered);
  }

  @Test
  void anUnsignedIdempotencyTokenDoesNotChangeTheKey() {
    Delivery sample = TwilioSamples.sample(2);
    Headers headers =
        Headers.of("content-type", TwilioSamples.FORM, "I-Twilio-Idempotency-Token", "fresh");
    var replayed =
        new Delivery(sample.path(), sample.query(), headers, sample.body(), TwilioSamples.RECEIVED);
    assertThat(onlyEvent(replayed).eventKey()).isEqualTo(onlyEvent(sample).eventKey());
    assertThat(onlyEvent(replayed).headers().single("i-twilio-idempotency-token"))
        .contains("fresh");
  }

  @Test
  void aPersonsMessageIsAnsweredWithTwimlAndAStatusWithJson() {
    Answer reply = accepted(TwilioSamples.sample(22));
    assertThat(reply.contentType()).isEqualTo("text/xml");
    assertThat(reply.body()).endsWith("<Response></Response>");
    assertThat(accepted(TwilioSamples.sample(1)))
        .isEqualTo(Answer.json(200, "{\"success\": true}"));
  }

  private Answer accepted(Delivery delivery) {
    return source.accepted(delivery, Expected.stored(source, delivery));
  }

  @Test
  void aBadSignatureIsAnswered403SoThatNoPasswordIsOffered() {
    Delivery forged =
        new Delivery(
            "/v1/twilio/status",
            "tenant=acme",
            TwilioSamples.sample(1).headers(),
            Payload.of(TwilioSamples.LINES.get(1)),
            TwilioSamples.RECEIVED);
    Refused refused = (Refused) source.verify(forged);
    assertThat(refused.reason()).isEqualTo(Reason.SIGNATURE_WRONG);
    Answer answer = source.refused(refused);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).contains("signature_wrong").doesNotContain("SMca9781");
  }

  @Test
  void ourIdInTheCallbackUrlIsKeptAndTheRestOfTheQueryIsNot() {
    Delivery delivery =
        TwilioSamples.form(
            "token=secret&message_id=order-7731", "MessageSid=" + SID + "&MessageStatus=sent");
    SourceEvent event = onlyEvent(delivery);
    assertThat(row(event).value("message_ref")).isEqualTo("order-7731");
    assertThat(event.headers().toString()).doesNotContain("secret");
  }

  @Test
  void aSenderCannotPutAReferenceIntoAHeader() {
    var delivery =
        new Delivery(
            "/webhooks/twilio",
            "",
            Headers.of("content-type", TwilioSamples.FORM, "hooklake-message-ref", "mine"),
            Payload.of("MessageSid=" + SID + "&MessageStatus=sent"),
            TwilioSamples.RECEIVED);
    assertThat(row(onlyEvent(delivery)).value("message_ref")).isNull();
  }

  @Test
  void theOlderFieldNamesAloneAreEnough() {
    SourceEvent event =
        onlyEvent(TwilioSamples.form("", "SmsSid=" + SID + "&SmsStatus=delivered&To=%2B1555"));
    assertThat(event.eventKey()).isEqualTo(SID + ":delivered");
    assertThat(row(event).value("metric")).isEqualTo("delivered");
  }

  @Test
  void aCallbackWithoutUsableSidOrStatusIsSetAsideUnderItsDigest() {
    for (String body :
        List.of("", "MessageStatus=sent", "MessageSid=SM1&MessageStatus=sent", "a=%zz&=&&b")) {
      SourceEvent event = onlyEvent(TwilioSamples.form("", body));
      assertThat(event.eventKey()).startsWith("sha256:");
      assertThat(reason(event)).isEqualTo(Decoding.Reason.FIELD_UNUSABLE);
    }
    SourceEvent noStatus = onlyEvent(TwilioSamples.form("", "MessageSid=" + SID));
    assertThat(reason(noStatus)).isEqualTo(Decoding.Reason.METRIC_MISSING);
  }

  @Test
  void aStatusWeDoNotKnowIsItsOwnMetric() {
    SourceEvent event =
        onlyEvent(TwilioSamples.form("", "MessageSid=" + SID + "&MessageStatus=teleported"));
    assertThat(row(event).value("metric")).isEqualTo("teleported");
  }

  @Test
  void eventsOfOtherAccountsAreSetAside() {
    var mine =
        new Twilio(
            new TwilioSettings(
                "twilio",
                List.of(TOKEN),
                Set.of("AC" + "0".repeat(32)),
                PublicAddress.of(TwilioSamples.BASE),
                TwilioScheme.TWILIO));
    SourceEvent event = mine.split(TwilioSamples.sample(1)).get(0);
    assertThat(mine.decode(event, PROCESSED)).isInstanceOf(Decoding.NotUnderstood.class);
    Delivery streamed = TwilioSamples.json("", TwilioSamples.STREAM, "");
    assertThat(mine.decode(mine.split(streamed).get(0), PROCESSED))
        .isInstanceOf(Decoding.NotUnderstood.class);
  }

  @Test
  void anEventOfEventStreamsIsAuthenticAndGivesItsRow() {
    Delivery delivery = TwilioSamples.json(STREAM_HASH, TwilioSamples.STREAM, STREAM_SIGNATURE);
    assertThat(source.verify(delivery)).isInstanceOf(Verified.class);
    SourceEvent event = onlyEvent(delivery);
    assertThat(event.eventKey()).isEqualTo("EZ7f1c0d5ab2e94d33a1f08c6be2d90417");
    Row row = row(event);
    assertThat(row.table().name()).isEqualTo("sms_events");
    assertThat(row.value("occurred_at")).isEqualTo(Instant.parse("2026-10-28T14:07:41Z"));
    assertThat(Expected.filled(row))
        .containsEntry("metric", "delivered")
        .containsEntry("delivery_id", SID)
        .containsEntry("recipient", "+14155550142")
        .containsEntry("sender", "+14155550100")
        .containsEntry("segments", "1")
        .containsEntry("direction", "outbound");
    assertThat((String) row.value("extra")).contains("\"tags\":{\"campaign\":\"orders\"}");
  }

  @Test
  void anArrayOfEventsIsSplitAndASingleObjectIsOneEvent() {
    String two = "[ " + stream("EZ1", "SENT") + " ,\n" + stream("EZ2", "READ") + "]";
    List<SourceEvent> events = source.split(TwilioSamples.json("", two, ""));
    assertThat(events).extracting(SourceEvent::eventKey).containsExactly("EZ1", "EZ2");
    assertThat(events.get(0).body().utf8()).isEqualTo(stream("EZ1", "SENT"));
    assertThat(row(events.get(1)).value("metric")).isEqualTo("opened");
    assertThat(source.split(TwilioSamples.json("", stream("EZ3", "SENT"), ""))).hasSize(1);
  }

  @Test
  void anInboundEventWithDataInsideAStringIsRead() {
    String body =
        "{\"type\":\"com.twilio.messaging.inbound-message.received\",\"id\":\"EZ9\",\"data\":"
            + "\"{\\\"messageSid\\\":\\\""
            + SID
            + "\\\",\\\"from\\\":\\\"whatsapp:+351910\\\","
            + "\\\"to\\\":\\\"whatsapp:+351210\\\",\\\"numSegments\\\":2}\"}";
    Row row = row(onlyEvent(TwilioSamples.json("", body, "")));
    assertThat(row.table().name()).isEqualTo("whatsapp_events");
    assertThat(Expected.filled(row))
        .containsEntry("metric", "received")
        .containsEntry("direction", "inbound")
        .containsEntry("recipient", "+351910")
        .containsEntry("to_number", "+351210")
        .containsEntry("segments", "2");
    assertThat(row.value("occurred_at")).isEqualTo(TwilioSamples.RECEIVED);
  }

  @Test
  void eventsOfOtherProductsAreSetAside() {
    String body = "{\"type\":\"com.twilio.voice.insights.call-summary\",\"id\":\"VW1\"}";
    SourceEvent event = onlyEvent(TwilioSamples.json("", body, ""));
    assertThat(event.eventKey()).isEqualTo("VW1");
    assertThat(reason(event)).isEqualTo(Decoding.Reason.OBJECT_TYPE_UNKNOWN);
  }

  @Test
  void theOlderGuidesSignatureIsANamedSettingOfItsOwn() {
    var compatible =
        new Twilio(
            new TwilioSettings(
                "twilio",
                List.of(Secret.of("generic-secret-0001")),
                Set.of(),
                PublicAddress.OF_REQUEST,
                TwilioScheme.BODY_SHA256));
    var delivery =
        new Delivery(
            "/webhooks/twilio",
            "",
            Headers.of(
                "content-type",
                TwilioSamples.FORM,
                "X-Twilio-Signature",
                "sha256=77e693dc231b6e90daae81d62f87d5cb1f97f45951f2a555c9dfa651849ae43d"),
            Payload.of(TwilioSamples.LINES.get(0)),
            TwilioSamples.RECEIVED);
    assertThat(compatible.verify(delivery)).isInstanceOf(Verified.class);
    assertThat(source.verify(delivery)).isInstanceOf(Refused.class);
    assertThat(compatible.verify(TwilioSamples.sample(1))).isInstanceOf(Refused.class);
  }

  @Test
  void settingsThatCannotWorkSayWhatToType() {
    assertThatThrownBy(() -> TwilioSettings.of("twilio", List.of(), PublicAddress.OF_REQUEST))
        .hasMessageContaining("auth token");
    assertThatThrownBy(() ->
            new TwilioSettings(
                "t", List.of(TOKEN), Set.of("AC1"), PublicAddress.OF_REQUEST, TwilioScheme.TWILIO))
        .hasMessageContaining("AC and 32 hex");
  }

  private static String stream(String id, String status) {
    return "{\"type\":\"com.twilio.messaging.message.x\",\"id\":\""
        + id
        + "\",\"time\":\"2026-10-28T14:07:41.123456789Z\",\"data\":{\"messageSid\":\""
        + SID
        + "\",\"to\":\"+1\",\"from\":\"+2\",\"messageStatus\":\""
        + status
        + "\"}}";
  }

  private SourceEvent onlyEvent(Delivery delivery) {
    List<SourceEvent> events = source.split(delivery);
    assertThat(events).hasSize(1);
    return events.get(0);
  }

  private Row row(SourceEvent event) {
    return ((Decoding.Understood) source.decode(event, PROCESSED)).row();
  }

  private Decoding.Reason reason(SourceEvent event) {
    return ((Decoding.NotUnderstood) source.decode(event, PROCESSED)).reason();
  }
}
