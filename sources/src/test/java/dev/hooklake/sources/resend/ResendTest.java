package dev.hooklake.sources.resend;

import static dev.hooklake.sources.resend.ResendSamples.NEXT_SECRET;
import static dev.hooklake.sources.resend.ResendSamples.PROCESSED;
import static dev.hooklake.sources.resend.ResendSamples.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.sources.Answer;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Expected;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.Verification.Reason;
import dev.hooklake.sources.Verification.Refused;
import dev.hooklake.sources.Verification.Verified;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.signature.Secret;
import dev.hooklake.sources.signature.StandardWebhooks;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ResendTest {
  private final Resend source = ResendSamples.source();

  @TestFactory
  Stream<DynamicTest> everySampleIsAuthenticAndGivesItsRow() {
    assertThat(ResendSamples.EXPECTED).hasSize(30).hasSameSizeAs(ResendSamples.LINES);
    return IntStream.rangeClosed(1, 30)
        .mapToObj(line ->
            DynamicTest.dynamicTest(
                "line " + line + ": " + ResendSamples.EXPECTED.get(line - 1).text("case"),
                () -> check(line)));
  }

  private void check(int line) {
    Delivery delivery = ResendSamples.sample(line);
    assertThat(source.verify(delivery))
        .isEqualTo(
            new Verified(
                ((Verified) source.verify(delivery)).keyFingerprint(), Duration.ofSeconds(2)));
    List<SourceEvent> events = source.split(delivery);
    assertThat(events).hasSize(1);
    ResendSamples.EXPECTED
        .get(line - 1)
        .check(events.get(0), source.decode(events.get(0), PROCESSED));
  }

  @Test
  void whileASecretIsChangedEitherOneIsEnough() {
    String both =
        "v1,uOOo4hBiOKHp2/lLAFEfuHKr35dzE/zSyhtA+AkQp90="
            + " v1,ILbWkW4WCfPXze7kRMysHtLwD1roTZjIb5vVVky+5t4=";
    Delivery rotated = ResendSamples.sample(3, both);
    for (Secret secret : List.of(SECRET, NEXT_SECRET)) {
      var one = new Resend(ResendSettings.of("resend", List.of(secret)));
      assertThat(one.verify(rotated)).isInstanceOf(Verified.class);
    }
  }

  @Test
  void aForgedBodyIsRefusedWith401() {
    Delivery sample = ResendSamples.sample(1);
    var forged =
        new Delivery(
            sample.path(),
            "",
            sample.headers(),
            Payload.of(ResendSamples.LINES.get(1)),
            sample.receivedAt());
    Refused refused = (Refused) source.verify(forged);
    assertThat(refused.reason()).isEqualTo(Reason.SIGNATURE_WRONG);
    assertThat(source.refused(refused).status()).isEqualTo(401);
  }

  @Test
  void whateverIsStoredIsAnsweredWithSuccess() {
    assertThat(source.accepted(0, 1)).isEqualTo(Answer.json(200, "{\"success\": true}"));
  }

  @Test
  void theOlderGuidesSignatureIsANamedSettingOfItsOwn() {
    var compatible =
        new Resend(
            new ResendSettings(
                "resend",
                List.of(Secret.of("generic-secret-0001")),
                StandardWebhooks.TOLERANCE,
                ResendScheme.BODY_SHA256));
    var delivery =
        new Delivery(
            "/webhooks/resend",
            "",
            Headers.of(
                "Resend-Signature",
                "sha256=638b67e904940806d17684662e183f2d8bf65f9670cfb78a392050da1d9c3147",
                "svix-id",
                "msg_unsigned"),
            Payload.of(ResendSamples.LINES.get(0)),
            PROCESSED);
    assertThat(compatible.verify(delivery)).isInstanceOf(Verified.class);
    assertThat(compatible.split(delivery).get(0).eventKey()).startsWith("sha256:");
    assertThat(compatible.verify(ResendSamples.sample(1))).isInstanceOf(Refused.class);
    assertThat(source.verify(delivery)).isInstanceOf(Refused.class);
  }

  @Test
  void theOlderGuidesDataIdIsTheMessage() {
    Row row =
        row(
            "{\"type\":\"email.delivered\",\"created_at\":\"2026-10-28 09:00:00.123456+00\","
                + "\"data\":{\"id\":\"e1\",\"to\":\"a@b.example\"}}");
    assertThat(Expected.filled(row))
        .containsEntry("delivery_id", "e1")
        .containsEntry("recipient", "a@b.example")
        .containsEntry("occurred_at", "2026-10-28T09:00:00.123456Z");
  }

  @Test
  void ourIdIsFoundInATagOfEitherShapeAndInTheHeader() {
    assertThat(reference("\"tags\":{\"message_id\":\"m1\"}")).isEqualTo("m1");
    assertThat(reference("\"tags\":[{\"name\":\"message_ref\",\"value\":\"m2\"}]")).isEqualTo("m2");
    assertThat(reference("\"headers\":[{\"name\":\"x-message-id\",\"value\":\"m3\"}]"))
        .isEqualTo("m3");
    assertThat(reference("\"tags\":{\"message_id\":\"has blanks\"}")).isNull();
  }

  @Test
  void listsOfAnUnknownShapeStayInExtra() {
    Row row = row(email("\"tags\":[{\"name\":\"a\"}],\"headers\":\"none\""));
    assertThat(row.value("tags")).isNull();
    assertThat((String) row.value("extra"))
        .contains("\"tags\":[{\"name\":\"a\"}]", "\"headers\":\"none\"");
  }

  @Test
  void whatCannotBeReadIsSetAsideWithItsReason() {
    assertThat(reason("")).isEqualTo(Decoding.Reason.NOT_JSON);
    assertThat(reason("{\"type\":\"email.sent\"")).isEqualTo(Decoding.Reason.NOT_JSON);
    assertThat(reason("[]")).isEqualTo(Decoding.Reason.NOT_AN_OBJECT);
    assertThat(reason("{}")).isEqualTo(Decoding.Reason.OBJECT_TYPE_UNKNOWN);
    assertThat(reason("{\"type\":\"invoice.paid\"}"))
        .isEqualTo(Decoding.Reason.OBJECT_TYPE_UNKNOWN);
    assertThat(reason("{\"type\":\"email.sent\",\"created_at\":\"yesterday\"}"))
        .isEqualTo(Decoding.Reason.TIMESTAMP_UNUSABLE);
    assertThat(reason("{\"type\":\"email.sent\",\"created_at\":\"2026-10-28T09:00:00Z\"}"))
        .isEqualTo(Decoding.Reason.FIELD_UNUSABLE);
  }

  @Test
  void settingsThatCannotWorkSayWhatToType() {
    assertThatThrownBy(() -> ResendSettings.of("resend", List.of())).hasMessageContaining("whsec_");
    assertThatThrownBy(() ->
            new ResendSettings("r", List.of(SECRET), Duration.ofSeconds(-1), ResendScheme.SVIX))
        .hasMessageContaining("positive");
  }

  private Object reference(String fields) {
    return row(email(fields)).value("message_ref");
  }

  private static String email(String fields) {
    return "{\"type\":\"email.sent\",\"created_at\":\"2026-10-28T09:00:00Z\",\"data\":{"
        + "\"email_id\":\"e\","
        + fields
        + "}}";
  }

  private Row row(String body) {
    return ((Decoding.Understood) decode(body)).row();
  }

  private Decoding.Reason reason(String body) {
    return ((Decoding.NotUnderstood) decode(body)).reason();
  }

  private Decoding decode(String body) {
    return source.decode(source.split(ResendSamples.body(body)).get(0), PROCESSED);
  }
}
