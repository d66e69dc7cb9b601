package dev.hooklake.sources.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.Verification;
import dev.hooklake.sources.Verification.Reason;
import dev.hooklake.sources.Verification.Refused;
import dev.hooklake.sources.Verification.Verified;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardWebhooksTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String PUBLIC = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=";
  private static final String PRIVATE =
      "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final long SENT = 1614265330;
  private static final String BODY = "{\"test\": 2432232314}";
  private static final String V1 = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
  private static final String V1A =
      "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==";
  private static final String WRONG = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";

  private final StandardWebhooks verifier = verifier(SECRET);

  @Test
  void thePublishedVectorsAreAuthentic() {
    assertThat(verifier.verify(delivery(V1))).isInstanceOf(Verified.class);
    Delivery second =
        new Delivery(
            "/hook",
            "",
            Headers.of(
                "svix-id",
                "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
                "svix-timestamp",
                "1649367553",
                "svix-signature",
                "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw="),
            Payload.of("{\"email\":\"test@example.com\",\"username\":\"test_user\"}"),
            Instant.ofEpochSecond(1649367553));
    assertThat(verifier("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD").verify(second))
        .isInstanceOf(Verified.class);
  }

  @Test
  void thePublicKeyVectorIsAuthentic() {
    assertThat(verifier(PUBLIC).verify(delivery(V1A))).isInstanceOf(Verified.class);
  }

  @Test
  void bothHeaderFamiliesAndAnyCaseAreRead() {
    Headers standard =
        Headers.of("Webhook-Id", ID, "WEBHOOK-TIMESTAMP", "" + SENT, "webhook-Signature", V1);
    assertThat(verifier.verify(delivery(standard, BODY, 0))).isInstanceOf(Verified.class);
  }

  @Test
  void thePrefixOfTheSecretMayBeLeftOut() {
    assertThat(verifier("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").verify(delivery(V1)))
        .isInstanceOf(Verified.class);
  }

  @Test
  void anyMatchingSignatureIsEnough() {
    String many = "v1a,AAAA v9,zzzz " + WRONG + " v1,not-base64 " + V1;
    assertThat(verifier.verify(delivery(many))).isInstanceOf(Verified.class);
  }

  @Test
  void theKeyThatMatchedIsNamedByItsFingerprint() {
    StandardWebhooks two =
        StandardWebhooks.of(
            List.of(
                Secret.of("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"),
                Secret.of(SECRET),
                Secret.of(PUBLIC)),
            StandardWebhooks.TOLERANCE);
    Verified first = (Verified) verifier.verify(delivery(V1));
    assertThat(two.verify(delivery(V1))).isEqualTo(first);
    assertThat(two.verify(delivery(V1A))).isNotEqualTo(first).isInstanceOf(Verified.class);
    assertThat(first.keyFingerprint()).matches("[0-9a-f]{8}");
  }

  @Test
  void signaturesOfOneKindNeverMatchKeysOfTheOther() {
    assertThat(reason(verifier.verify(delivery(V1A)))).isEqualTo(Reason.SIGNATURE_WRONG);
    assertThat(reason(verifier(PUBLIC).verify(delivery(V1)))).isEqualTo(Reason.SIGNATURE_WRONG);
  }

  @ParameterizedTest
  @ValueSource(longs = {-301, 301, -90_000, 90_000})
  void outsideTheToleranceIsRefusedWhicheverTheSign(long seconds) {
    assertThat(reason(verifier.verify(delivery(headers(V1), BODY, seconds))))
        .isEqualTo(Reason.TIMESTAMP_OUTSIDE_TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(longs = {-300, -1, 0, 300})
  void insideTheToleranceTheSkewIsReported(long seconds) {
    Verification verification = verifier.verify(delivery(headers(V1), BODY, seconds));
    assertThat(((Verified) verification).skew()).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "soon",
        "1614265330.0",
        " 1614265330",
        "+1614265330",
        "-1",
        "1e9",
        "9999999999999",
        "１６１４２６５３３０"
      })
  void aTimeThatIsNotWholeSecondsIsMalformed(String time) {
    Headers headers = Headers.of("svix-id", ID, "svix-timestamp", time, "svix-signature", V1);
    assertThat(reason(verifier.verify(delivery(headers, BODY, 0))))
        .isEqualTo(Reason.TIMESTAMP_MALFORMED);
  }

  @Test
  void theTextOfTheTimeIsSignedNotItsNumber() {
    Headers padded =
        Headers.of("svix-id", ID, "svix-timestamp", "01614265330", "svix-signature", V1);
    assertThat(reason(verifier.verify(delivery(padded, BODY, 0))))
        .isEqualTo(Reason.SIGNATURE_WRONG);
  }

  @Test
  void missingAndRepeatedHeadersAreRefused() {
    assertThat(reason(verify())).isEqualTo(Reason.SIGNATURE_MISSING);
    assertThat(reason(verify("svix-timestamp", "" + SENT, "svix-signature", V1)))
        .isEqualTo(Reason.SIGNATURE_MISSING);
    assertThat(reason(verify("svix-id", ID, "svix-signature", V1)))
        .isEqualTo(Reason.TIMESTAMP_MISSING);
    assertThat(reason(verify("svix-id", ID, "svix-timestamp", "" + SENT)))
        .isEqualTo(Reason.SIGNATURE_MISSING);
    String time = "" + SENT;
    assertThat(
            reason(
                verify("svix-id", ID, "svix-id", ID, "svix-timestamp", time, "svix-signature", V1)))
        .isEqualTo(Reason.SIGNATURE_MALFORMED);
    assertThat(
            reason(
                verify(
                    "svix-id",
                    ID,
                    "svix-timestamp",
                    time,
                    "svix-signature",
                    V1,
                    "svix-signature",
                    V1)))
        .isEqualTo(Reason.SIGNATURE_MISSING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "V1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1 g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        " "
      })
  void aHeaderWithoutAKnownVersionIsMalformed(String signature) {
    assertThat(reason(verifier.verify(delivery(signature)))).isEqualTo(Reason.SIGNATURE_MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1,", "v1,AAAA", "v1,!!!!", "v1,g0hM9SsE+OTPJTGt", "v1a,AAAA"})
  void signaturesOfWrongLengthAreWrong(String signature) {
    assertThat(reason(verifier.verify(delivery(signature)))).isEqualTo(Reason.SIGNATURE_WRONG);
    assertThat(reason(verifier(PUBLIC).verify(delivery(signature))))
        .isEqualTo(Reason.SIGNATURE_WRONG);
  }

  @Test
  void anIdWithADotCouldHideWhereItEndsAndIsRefused() {
    assertThat(reason(verify("svix-id", "a.b", "svix-timestamp", "" + SENT, "svix-signature", V1)))
        .isEqualTo(Reason.SIGNATURE_MALFORMED);
  }

  @Test
  void headersBeyondTheirLimitsAreRefused() {
    assertThat(reason(verifier.verify(delivery("v1,AAAA ".repeat(600) + V1))))
        .isEqualTo(Reason.SIGNATURE_MALFORMED);
    assertThat(reason(verifier.verify(delivery("x ".repeat(40) + V1))))
        .isEqualTo(Reason.SIGNATURE_MALFORMED);
    assertThat(
            reason(
                verify(
                    "svix-id", "x".repeat(257), "svix-timestamp", "" + SENT, "svix-signature", V1)))
        .isEqualTo(Reason.SIGNATURE_MALFORMED);
  }

  @Test
  void everySingleBitOfTheBodyCounts() {
    byte[] body = Payload.of(BODY).unsafeBytes();
    for (int bit = 0; bit < body.length * 8; bit++) {
      byte[] changed = body.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      Delivery delivery =
          new Delivery(
              "/hook", "", headers(V1), Payload.wrap(changed), Instant.ofEpochSecond(SENT));
      assertThat(reason(verifier.verify(delivery))).isEqualTo(Reason.SIGNATURE_WRONG);
    }
  }

  @Test
  void whatOurSignerSignsIsAuthenticForBothKindsOfKey() {
    var random = new Random(20_260_301);
    for (int round = 0; round < 100; round++) {
      byte[] body = new byte[random.nextInt(2000)];
      random.nextBytes(body);
      Payload payload = Payload.wrap(body);
      Instant sent = Instant.ofEpochSecond(SENT + random.nextInt(100_000));
      List<Secret> keys = List.of(Secret.of(SECRET), Secret.of(PRIVATE));
      Headers headers = StandardWebhooksSigner.standard(keys).sign("msg_" + round, payload, sent);
      Delivery delivery = new Delivery("/hook", "", headers, payload, sent);
      assertThat(verifier.verify(delivery)).isInstanceOf(Verified.class);
      assertThat(verifier(PUBLIC).verify(delivery)).isInstanceOf(Verified.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"whsec_", "whsec_short", "whsec_AAAA", "whpk_AAAA", "whsec_*:*", "x"})
  void aKeyThatCannotBeOneIsRefusedAtStartWithoutShowingIt(String key) {
    assertThatThrownBy(() -> verifier(key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("copy");
  }

  @Test
  void withoutKeysThereIsNoVerifier() {
    assertThatThrownBy(() -> StandardWebhooks.of(List.of(), StandardWebhooks.TOLERANCE))
        .hasMessageContaining("whsec_");
  }

  private static StandardWebhooks verifier(String key) {
    return StandardWebhooks.of(List.of(Secret.of(key)), StandardWebhooks.TOLERANCE);
  }

  private Verification verify(String... headers) {
    return verifier.verify(delivery(Headers.of(headers), BODY, 0));
  }

  private static Headers headers(String signature) {
    return Headers.of("svix-id", ID, "svix-timestamp", "" + SENT, "svix-signature", signature);
  }

  private static Delivery delivery(String signature) {
    return delivery(headers(signature), BODY, 0);
  }

  private static Delivery delivery(Headers headers, String body, long secondsLater) {
    Instant received = Instant.ofEpochSecond(SENT + secondsLater);
    return new Delivery("/hook", "", headers, Payload.of(body), received);
  }

  private static Reason reason(Verification verification) {
    return ((Refused) verification).reason();
  }
}
