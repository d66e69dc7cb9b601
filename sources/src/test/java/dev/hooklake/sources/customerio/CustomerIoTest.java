package dev.hooklake.sources.customerio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.sources.Answer;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.Verification.Reason;
import dev.hooklake.sources.Verification.Refused;
import dev.hooklake.sources.signature.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerIoTest {
  private final CustomerIo source = Samples.source();

  @Test
  void theKeyOfEverySampleIsItsEventId() {
    for (String line : Samples.all()) {
      assertThat(line).contains("{\"event_id\":\"" + Samples.event(source, line).eventKey() + "\"");
    }
  }

  @Test
  void anEventIsTheWholeBodyWithTheHeadersWorthKeeping() {
    Payload body = Payload.of(Samples.line(1));
    Headers headers =
        Headers.of(
            "Authorization", "Basic c2VjcmV0",
            "Content-Type", "application/json; charset=utf-8",
            "Cookie", "a=b",
            "User-Agent", "Customer.io",
            "X-CIO-Signature", "00",
            "X-CIO-Timestamp", "1767603759",
            "X-Forwarded-For", "192.0.2.1");

    List<SourceEvent> events = source.split(Samples.delivery(headers, body));

    assertThat(events)
        .containsExactly(
            new SourceEvent(
                "customerio",
                "01KE6P9SDZHHCX886RRKZ1TPC7",
                Samples.RECEIVED,
                "/webhook/customerio",
                Headers.of(
                    "content-type", "application/json; charset=utf-8",
                    "user-agent", "Customer.io",
                    "x-cio-signature", "00",
                    "x-cio-timestamp", "1767603759"),
                "application/json; charset=utf-8",
                body));
  }

  @Test
  void theEventIdIsFoundWhereverItStandsAtTheTop() {
    assertThat(key("{\"data\":{\"event_id\":\"inner\"},\"event_id\":\"outer\"}"))
        .isEqualTo("outer");
    assertThat(key(" {\n \"event_id\" : \"a\\u0062c\" } \n")).isEqualTo("abc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "[]",
        "[{\"event_id\":\"a\"}]",
        "\"event_id\"",
        "{}",
        "{\"event_id\":null}",
        "{\"event_id\":7}",
        "{\"event_id\":\" \"}",
        "{\"event_id\":{\"event_id\":\"a\"}}",
        "{\"event_id\":\"a\",\"event_id\":\"b\"}",
        "{\"event_id\":\"a\",\"data\":{",
        "{\"event_id\":\"a\"} {\"event_id\":\"a\"}",
        "{\"event_id\":\"a\"}]",
        "{\"data\":{\"event_id\":\"a\"}}"
      })
  void aBodyWithoutOneUsableEventIdGetsTheKeyOfItsBytes(String body) {
    assertThat(key(body)).matches("sha256:[0-9a-f]{64}").isEqualTo(key(body));
    assertThat(key(body)).isNotEqualTo(key(body + " "));
  }

  @Test
  void anEventIdMayHave256CharactersAndNoMore() {
    assertThat(key("{\"event_id\":\"" + "x".repeat(256) + "\"}")).isEqualTo("x".repeat(256));
    assertThat(key("{\"event_id\":\"" + "x".repeat(257) + "\"}")).startsWith("sha256:");
  }

  @Test
  void theKeyOfAnEmptyBodyIsTheKnownDigest() {
    assertThat(key(""))
        .isEqualTo("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void aDeeplyNestedBodyIsAnEventLikeAnyOther() {
    assertThat(key("{\"event_id\":\"a\",\"x\":" + "[".repeat(99) + "]".repeat(99) + "}"))
        .isEqualTo("a");
    assertThat(key("{\"event_id\":\"a\",\"x\":" + "[".repeat(100_000))).startsWith("sha256:");
  }

  @Test
  void anEnvelopeIsOneEventUnlessItsSettingIsOn() {
    assertThat(source.split(Samples.delivery("{\"events\":[{\"event_id\":\"a\"}]}"))).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void aRefusalSaysWhatWasExpected(Reason reason) {
    Answer answer = source.refused(new Refused(reason, "give \"it\" once"));

    boolean timestampIsNoTimestamp =
        reason == Reason.TIMESTAMP_MISSING || reason == Reason.TIMESTAMP_MALFORMED;
    assertThat(answer.status()).isEqualTo(timestampIsNoTimestamp ? 400 : 401);
    assertThat(answer.contentType()).isEqualTo("application/json");
    assertThat(answer.body())
        .isEqualTo(
            "{\"error\":\""
                + reason.name().toLowerCase(Locale.ROOT)
                + "\",\"message\":\"give \\\"it\\\" once\"}");
  }

  @Test
  void anAcceptedDeliveryIsAnsweredWithCounts() {
    assertThat(source.accepted(1, 0))
        .isEqualTo(Answer.json(200, "{\"status\":\"success\",\"stored\":1,\"duplicates\":0}"));
    assertThat(source.accepted(0, 1).body()).contains("\"stored\":0,\"duplicates\":1");
  }

  @Test
  void settingsThatCannotWorkAreRefusedWithARemedy() {
    List<Secret> secrets = List.of(Secret.of("k"));
    assertThatThrownBy(() -> CustomerIoSettings.of("customerio", List.of()))
        .hasMessageContaining("customerio has no signing secret");
    assertThatThrownBy(() -> CustomerIoSettings.of(" ", secrets)).hasMessageContaining("name");
    assertThatThrownBy(
            () -> new CustomerIoSettings("customerio", secrets, Duration.ZERO, false, false))
        .hasMessageContaining("PT0S");
    assertThatThrownBy(() -> Secret.of(" ")).hasMessageContaining("blank");
  }

  @Test
  void nothingPrintsASecretOrAPayload() {
    CustomerIoSettings settings =
        CustomerIoSettings.of("customerio", List.of(Secret.of(Samples.KEY)));
    Delivery delivery = Samples.delivery(Samples.line(1));

    assertThat(settings.toString()).doesNotContain(Samples.KEY);
    assertThat(delivery.toString()).doesNotContain("ada.moreno");
    assertThat(source.split(delivery).toString()).doesNotContain("ada.moreno");
    assertThat(source.decode(source.split(delivery).get(0), Samples.PROCESSED).toString())
        .doesNotContain("ada.moreno");
  }

  private String key(String body) {
    return Samples.event(source, body).eventKey();
  }
}
