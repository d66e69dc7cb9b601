package dev.hooklake.sources.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.PublicAddress;
import dev.hooklake.sources.Verification;
import dev.hooklake.sources.Verification.Reason;
import dev.hooklake.sources.Verification.Refused;
import dev.hooklake.sources.Verification.Verified;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentSignatureTest {
  private static final Instant NOW = Instant.parse("2026-10-28T09:00:00Z");
  private static final Place GITHUB =
      new Place(Place.Kind.HEADER, "X-Hub-Signature-256", "sha256=", "");
  private static final Place STRIPE = new Place(Place.Kind.HEADER, "Stripe-Signature", "v1=", ",");

  @Test
  void gitHubsDocumentedExampleIsAuthentic() {
    ContentSignature verifier = ofBody("It's a Secret to Everybody");
    String signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    assertThat(verifier.verify(delivery("Hello, World!", "X-Hub-Signature-256", signature)))
        .isInstanceOf(Verified.class);
    assertThat(reason(verifier.verify(delivery("Hello, World?", GITHUB.name(), signature))))
        .isEqualTo(Reason.SIGNATURE_WRONG);
    assertThat(
            reason(
                verifier.verify(delivery("Hello, World!", GITHUB.name(), signature.substring(7)))))
        .isEqualTo(Reason.SIGNATURE_MISSING);
  }

  @Test
  void slacksDocumentedExampleIsAuthentic() {
    var scheme =
        new SignatureScheme(
            new Place(Place.Kind.HEADER, "X-Slack-Signature", "v0=", ""),
            SignatureEncoding.HEX,
            SignedContent.parse("v0:{timestamp}:{body}"),
            new SignatureScheme.Timestamp(
                Place.header("X-Slack-Request-Timestamp"), Duration.ofMinutes(5)),
            PublicAddress.OF_REQUEST);
    ContentSignature verifier = hmac(scheme, "8f742231b10e8888abcd99yyyzzz85a5");
    String body =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
            + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
            + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com"
            + "%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
            + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    var delivery =
        new Delivery(
            "/slack",
            "",
            Headers.of(
                "X-Slack-Request-Timestamp",
                "1531420618",
                "X-Slack-Signature",
                "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"),
            Payload.of(body),
            Instant.ofEpochSecond(1531420620));
    assertThat(((Verified) verifier.verify(delivery)).skew()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void sendGridsDocumentedExampleIsAuthentic() {
    var scheme =
        new SignatureScheme(
            Place.header("X-Twilio-Email-Event-Webhook-Signature"),
            SignatureEncoding.BASE64,
            SignedContent.parse("{header:X-Twilio-Email-Event-Webhook-Timestamp}{body}"),
            null,
            PublicAddress.OF_REQUEST);
    var verifier =
        new ContentSignature(
            scheme,
            List.of(
                PublicSignatureKey.of(
                    PublicKeyAlgorithm.ECDSA_P256,
                    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1"
                        + "flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==")));
    String body =
        "[{\"email\":\"hello@world.com\",\"event\":\"dropped\",\"reason\":\"Bounced Address\","
            + "\"sg_event_id\":\"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA\","
            + "\"sg_message_id\":\"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-"
            + "5F5FC76C-9.0\",\"smtp-id\":\"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>\""
            + ",\"timestamp\":1600112492}]\r\n";
    Headers headers =
        Headers.of(
            "X-Twilio-Email-Event-Webhook-Timestamp",
            "1600112502",
            "X-Twilio-Email-Event-Webhook-Signature",
            "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M"
                + "15TluLtEZtM=");
    assertThat(body).hasSize(327);
    assertThat(verifier.verify(delivery(body, headers))).isInstanceOf(Verified.class);
    assertThat(reason(verifier.verify(delivery(body.strip(), headers))))
        .isEqualTo(Reason.SIGNATURE_WRONG);
  }

  @Test
  void aListInOneHeaderMayHoldTheTimeAndSeveralSignatures() {
    ContentSignature verifier = hmac(stripe(), "whsec_stripe");
    Delivery signed =
        new ContentSigner(stripe(), new HmacKey(HmacAlgorithm.SHA256, Secret.of("whsec_stripe")))
            .sign(delivery("{}", Headers.NONE));
    String header = signed.headers().single("Stripe-Signature").orElseThrow();
    assertThat(header).matches("t=[0-9]+,v1=[0-9a-f]{64}");

    String rolled = header.replace(",v1=", ",v1=" + "0".repeat(64) + ",v0=abc,v1=");
    assertThat(verifier.verify(delivery("{}", STRIPE.name(), rolled))).isInstanceOf(Verified.class);
    assertThat(reason(verifier.verify(delivery("{}", STRIPE.name(), header + ",t=1"))))
        .isEqualTo(Reason.TIMESTAMP_MISSING);
  }

  @ParameterizedTest
  @EnumSource(SignatureEncoding.class)
  void everyEncodingAndHashWorksInBothDirections(SignatureEncoding encoding) {
    for (HmacAlgorithm algorithm : HmacAlgorithm.values()) {
      SignatureScheme scheme = SignatureScheme.ofBody(Place.header("x-sig"), encoding);
      var key = new HmacKey(algorithm, Secret.of("k"));
      Delivery signed = new ContentSigner(scheme, key).sign(delivery("body", Headers.NONE));
      assertThat(new ContentSignature(scheme, List.of(key)).verify(signed))
          .isInstanceOf(Verified.class);
      var other = new HmacKey(algorithm, Secret.of("K"));
      assertThat(reason(new ContentSignature(scheme, List.of(other)).verify(signed)))
          .isEqualTo(Reason.SIGNATURE_WRONG);
    }
  }

  @Test
  void keysOfBothPublicAlgorithmsWorkInBothDirections() throws Exception {
    for (PublicKeyAlgorithm algorithm : PublicKeyAlgorithm.values()) {
      KeyPairGenerator generator =
          KeyPairGenerator.getInstance(algorithm == PublicKeyAlgorithm.ED25519 ? "Ed25519" : "EC");
      if (algorithm == PublicKeyAlgorithm.ECDSA_P256) {
        generator.initialize(256);
      }
      KeyPair pair = generator.generateKeyPair();
      SignatureScheme scheme = SignatureScheme.ofBody(Place.header("x"), SignatureEncoding.BASE64);
      var signer =
          new ContentSigner(
              scheme, PrivateSignatureKey.of(algorithm, pair.getPrivate().getEncoded()));
      String text = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
      var verifier = new ContentSignature(scheme, List.of(PublicSignatureKey.of(algorithm, text)));
      Delivery signed = signer.sign(delivery("body", Headers.NONE));
      assertThat(verifier.verify(signed)).isInstanceOf(Verified.class);
      assertThat(reason(verifier.verify(delivery("bodY", signed.headers()))))
          .isEqualTo(Reason.SIGNATURE_WRONG);
      assertThat(reason(verifier.verify(delivery("body", "x", "AAAA"))))
          .isEqualTo(Reason.SIGNATURE_WRONG);
    }
  }

  @Test
  void aRepeatedHeaderIsNobodysWord() {
    ContentSignature verifier = ofBody("k");
    String right =
        new ContentSigner(
                SignatureScheme.ofBody(GITHUB, SignatureEncoding.HEX),
                new HmacKey(HmacAlgorithm.SHA256, Secret.of("k")))
            .sign(delivery("b", Headers.NONE))
            .headers()
            .single(GITHUB.name())
            .orElseThrow();
    Headers twice = Headers.of(GITHUB.name(), right, GITHUB.name(), right);
    assertThat(verifier.verify(delivery("b", GITHUB.name(), right))).isInstanceOf(Verified.class);
    assertThat(reason(verifier.verify(delivery("b", twice)))).isEqualTo(Reason.SIGNATURE_MISSING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha256=xyz", "sha256=abc", "sha256= "})
  void textThatIsNotTheEncodingIsMalformed(String header) {
    assertThat(reason(ofBody("k").verify(delivery("b", GITHUB.name(), header))))
        .isEqualTo(Reason.SIGNATURE_MALFORMED);
  }

  @Test
  void theUrlAndTheFormCanBeSigned() {
    var scheme =
        new SignatureScheme(
            Place.header("X-Mandrill-Signature"),
            SignatureEncoding.BASE64,
            SignedContent.parse("{url}{form}"),
            null,
            PublicAddress.of("https://hooks.example.org"));
    var key = new HmacKey(HmacAlgorithm.SHA1, Secret.of("token"));
    Headers form = Headers.of("content-type", "application/x-www-form-urlencoded");
    Delivery signed = new ContentSigner(scheme, key).sign(delivery("b=2&a=1", form));
    var verifier = new ContentSignature(scheme, List.of(key));
    assertThat(verifier.verify(signed)).isInstanceOf(Verified.class);
    assertThat(verifier.verify(delivery("a=1&b=2", signed.headers()))).isInstanceOf(Verified.class);
    assertThat(reason(verifier.verify(delivery("a=1&b=3", signed.headers()))))
        .isEqualTo(Reason.SIGNATURE_WRONG);
  }

  @Test
  void aMissingPartOfTheContentIsNamedButNeverShown() {
    var scheme =
        new SignatureScheme(
            Place.header("x"),
            SignatureEncoding.HEX,
            SignedContent.parse("{header:X-Nonce}{json:/a/token}"),
            null,
            PublicAddress.OF_REQUEST);
    Verification verification = hmac(scheme, "k").verify(delivery("{}", "x", "00"));
    assertThat(reason(verification)).isEqualTo(Reason.SIGNATURE_MALFORMED);
    assertThat(((Refused) verification).message()).contains("{header:X-Nonce}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "{", "a}b", "{bodi}", "{body}{", "{}", "{json:token}", "{header:}"})
  void aTemplateThatCannotBeMeantIsRefusedAtStart(String template) {
    assertThatThrownBy(() -> SignedContent.parse(template))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTimestampInTheTemplateNeedsAPlace() {
    SignedContent content = SignedContent.parse("{timestamp}.{body}");
    assertThatThrownBy(() ->
            new SignatureScheme(
                GITHUB, SignatureEncoding.HEX, content, null, PublicAddress.OF_REQUEST))
        .hasMessageContaining("say where it stands");
  }

  private static SignatureScheme stripe() {
    return new SignatureScheme(
        STRIPE,
        SignatureEncoding.HEX,
        SignedContent.parse("{timestamp}.{body}"),
        new SignatureScheme.Timestamp(
            new Place(Place.Kind.HEADER, STRIPE.name(), "t=", ","), Duration.ofMinutes(5)),
        PublicAddress.OF_REQUEST);
  }

  private static ContentSignature ofBody(String secret) {
    return hmac(SignatureScheme.ofBody(GITHUB, SignatureEncoding.HEX), secret);
  }

  private static ContentSignature hmac(SignatureScheme scheme, String secret) {
    return new ContentSignature(
        scheme, List.of(new HmacKey(HmacAlgorithm.SHA256, Secret.of(secret))));
  }

  private static Delivery delivery(String body, String... headers) {
    return delivery(body, Headers.of(headers));
  }

  private static Delivery delivery(String body, Headers headers) {
    return new Delivery("/hook", "", headers, Payload.of(body), NOW);
  }

  private static Reason reason(Verification verification) {
    return ((Refused) verification).reason();
  }
}
