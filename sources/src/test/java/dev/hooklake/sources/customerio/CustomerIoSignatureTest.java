package dev.hooklake.sources.customerio;

import static dev.hooklake.sources.Verification.Reason.SIGNATURE_MALFORMED;
import static dev.hooklake.sources.Verification.Reason.SIGNATURE_MISSING;
import static dev.hooklake.sources.Verification.Reason.SIGNATURE_WRONG;
import static dev.hooklake.sources.Verification.Reason.TIMESTAMP_MALFORMED;
import static dev.hooklake.sources.Verification.Reason.TIMESTAMP_MISSING;
import static dev.hooklake.sources.Verification.Reason.TIMESTAMP_OUTSIDE_TOLERANCE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.Verification;
import dev.hooklake.sources.Verification.Refused;
import dev.hooklake.sources.Verification.Verified;
import dev.hooklake.sources.signature.Hmac;
import dev.hooklake.sources.signature.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerIoSignatureTest {
  /// The vector of Customer.io's own client library.
  private static final String KEY = "signing-secret";

  private static final String TIMESTAMP = "1614265384";
  private static final String BODY =
      "{\"event_id\":\"abc\",\"object_type\":\"email\",\"metric\":\"delivered\"}";
  private static final String SIGNATURE =
      "6f55cf23f9b73a2ff07733fe04421f64ce9ec5e409696edda6b2a80311944230";

  private final CustomerIo source = source(KEY);

  @Test
  void theProvidersOwnVectorIsAccepted() {
    assertThat(verify(TIMESTAMP, SIGNATURE, BODY)).isInstanceOf(Verified.class);
  }

  @ParameterizedTest
  @CsvSource({
    "1,1767603759,273,dac6eff69088828443384342176135d793e3325513a7702b4efc7ce417c656b1",
    "12,1767605262,734,fb542a1731d87a531c49a8733ff9a6d6b817a27e9a0ac04bddec6c12f7cfa547",
    "17,1767605962,579,bcf1693cfd118460b03cf8d1df4e0837f392735c969cfd18178ca03fcc66138e",
    "20,1767609562,579,e02c2ed7887909c2add9738bdf8a55d747dd5df7a7f9aa25251d6ea790afc1e3",
    "38,1767607584,742,8a0b03afcc9e51c138f05fefca10a7e68dd871c365900f067502852e9172a8f3"
  })
  void samplesAreAcceptedWithTheirSignatures(int line, String time, int size, String signature) {
    String body = Samples.line(line);
    CustomerIo ours = source(Samples.KEY);

    assertThat(body.getBytes(UTF_8)).hasSize(size);
    assertThat(ours.verify(delivery(time, signature, body))).isInstanceOf(Verified.class);
    assertThat(ours.verify(delivery(time, signature, body + "\n"))).isEqualTo(wrong());
    assertThat(ours.verify(delivery(time, signature.substring(1), body))).isEqualTo(malformed());
    String later = Long.toString(Long.parseLong(time) + 1);
    assertThat(ours.verify(delivery(later, signature, body))).isEqualTo(wrong());
  }

  @Test
  void aBodyThatWasParsedAndWrittenAgainIsRefused() {
    String signature = "fb542a1731d87a531c49a8733ff9a6d6b817a27e9a0ac04bddec6c12f7cfa547";
    String rewritten = Samples.line(12).replace("\\u003c", "<").replace("\\u003e", ">");

    assertThat(source(Samples.KEY).verify(delivery("1767605262", signature, rewritten)))
        .isEqualTo(wrong());
  }

  @Test
  void anyChangedBitOfTheBodyIsRefused() {
    byte[] body = BODY.getBytes(UTF_8);

    everyBit(body.length, bit -> verify(TIMESTAMP, SIGNATURE, Payload.wrap(flipped(body, bit))));
  }

  @Test
  void anyChangedBitOfTheTimestampIsRefused() {
    byte[] time = TIMESTAMP.getBytes(UTF_8);

    everyBit(time.length, bit -> verify(text(flipped(time, bit)), SIGNATURE, BODY));
  }

  @Test
  void anyChangedBitOfTheSignatureIsRefused() {
    byte[] signature = HexFormat.of().parseHex(SIGNATURE);

    everyBit(
        signature.length,
        bit -> verify(TIMESTAMP, HexFormat.of().formatHex(flipped(signature, bit)), BODY));
  }

  @Test
  void anyChangedBitOfTheSignaturesTextIsRefusedUnlessItOnlyChangesCase() {
    byte[] signature = SIGNATURE.getBytes(UTF_8);

    for (int bit = 0; bit < signature.length * 8; bit++) {
      String changed = text(flipped(signature, bit));
      boolean same = changed.equalsIgnoreCase(SIGNATURE);
      assertThat(verify(TIMESTAMP, changed, BODY) instanceof Verified)
          .as("bit %d", bit)
          .isEqualTo(same);
    }
  }

  @Test
  void upperCaseHexAndTheVersionPrefixAreTolerated() {
    assertThat(verify(TIMESTAMP, SIGNATURE.toUpperCase(Locale.ROOT), BODY))
        .isInstanceOf(Verified.class);
    assertThat(verify(TIMESTAMP, "v0=" + SIGNATURE, BODY)).isInstanceOf(Verified.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v0=",
        "x",
        "sha256=6f55cf23f9b73a2ff07733fe04421f64ce9ec5e409696edda6b2a80311944230",
        "v1=6f55cf23f9b73a2ff07733fe04421f64ce9ec5e409696edda6b2a80311944230",
        "v0=v0=6f55cf23f9b73a2ff07733fe04421f64ce9ec5e409696edda6b2a80311944230",
        "6f55cf23f9b73a2ff07733fe04421f64ce9ec5e409696edda6b2a8031194423",
        "6f55cf23f9b73a2ff07733fe04421f64ce9ec5e409696edda6b2a803119442300",
        "6f55cf23f9b73a2ff07733fe04421f64ce9ec5e409696edda6b2a8031194423g",
        " 6f55cf23f9b73a2ff07733fe04421f64ce9ec5e409696edda6b2a80311944230",
        "6f55cf23f9b73a2ff07733fe04421f64ce9ec5e409696edda6b2a80311944230,x",
        "\uff16f55cf23f9b73a2ff07733fe04421f64ce9ec5e409696edda6b2a80311944230"
      })
  void aSignatureOfAnyOtherFormIsMalformed(String signature) {
    assertThat(verify(TIMESTAMP, signature, BODY)).isEqualTo(malformed());
  }

  @Test
  void anAbsentOrEmptySignatureIsMissing() {
    assertThat(reason(source.verify(deliveryWith("X-CIO-Timestamp", TIMESTAMP))))
        .isEqualTo(SIGNATURE_MISSING);
    assertThat(reason(verify(TIMESTAMP, "", BODY))).isEqualTo(SIGNATURE_MISSING);
  }

  @Test
  void aRepeatedSignatureIsMalformedEvenWhenBothAreRight() {
    Delivery twice =
        deliveryWith(
            "X-CIO-Timestamp",
            TIMESTAMP,
            "X-CIO-Signature",
            SIGNATURE,
            "x-cio-signature",
            SIGNATURE);

    assertThat(reason(source.verify(twice))).isEqualTo(SIGNATURE_MALFORMED);
  }

  @Test
  void anAbsentOrEmptyTimestampIsMissing() {
    assertThat(reason(source.verify(deliveryWith("X-CIO-Signature", SIGNATURE))))
        .isEqualTo(TIMESTAMP_MISSING);
    assertThat(reason(verify("", SIGNATURE, BODY))).isEqualTo(TIMESTAMP_MISSING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"now", "-1614265384", "+1614265384", "1614265384.0", " 1614265384", "1e9", "0x1"})
  void aTimestampThatIsNotDigitsIsMalformed(String timestamp) {
    assertThat(reason(verify(timestamp, SIGNATURE, BODY))).isEqualTo(TIMESTAMP_MALFORMED);
  }

  @Test
  void aTimestampThatNoClockCanShowIsMalformed() {
    assertThat(reason(verify("9".repeat(13), SIGNATURE, BODY))).isEqualTo(TIMESTAMP_MALFORMED);
    assertThat(reason(verify("9".repeat(12), SIGNATURE, BODY))).isEqualTo(SIGNATURE_WRONG);
  }

  @Test
  void aRepeatedTimestampIsMalformed() {
    Delivery twice =
        deliveryWith(
            "X-CIO-Timestamp",
            TIMESTAMP,
            "X-CIO-Timestamp",
            TIMESTAMP,
            "X-CIO-Signature",
            SIGNATURE);

    assertThat(reason(source.verify(twice))).isEqualTo(TIMESTAMP_MALFORMED);
  }

  @Test
  void theTimestampIsSignedAsTextSoLeadingZerosCount() {
    Payload body = Payload.of(BODY);
    byte[] signed =
        Hmac.sha256(Secret.of(KEY), "v0:01614265384:".getBytes(UTF_8), BODY.getBytes(UTF_8));
    String signature = HexFormat.of().formatHex(signed);

    assertThat(verify("01614265384", signature, body)).isInstanceOf(Verified.class);
    assertThat(verify("1614265384", signature, body)).isEqualTo(wrong());
  }

  @Test
  void anyOfSeveralKeysMatchesAndItsFingerprintIsTold() {
    CustomerIo rotating = source("another-key", KEY);

    Verification verification = rotating.verify(delivery(TIMESTAMP, SIGNATURE, BODY));

    assertThat(verification).isInstanceOf(Verified.class);
    assertThat(((Verified) verification).keyFingerprint())
        .isEqualTo(Secret.of(KEY).fingerprint())
        .isNotEqualTo(Secret.of("another-key").fingerprint())
        .matches("[0-9a-f]{8}");
    assertThat(source("another-key").verify(delivery(TIMESTAMP, SIGNATURE, BODY)))
        .isEqualTo(wrong());
  }

  @Test
  void theSkewIsTheTimeFromSigningToReceipt() {
    Verified verified = (Verified) verify(TIMESTAMP, SIGNATURE, BODY);

    Instant signedAt = Instant.ofEpochSecond(Long.parseLong(TIMESTAMP));
    assertThat(verified.skew()).isEqualTo(Duration.between(signedAt, Samples.RECEIVED));
  }

  @ParameterizedTest
  @CsvSource({"-300,true", "300,true", "-301,false", "301,false", "0,true"})
  void theToleranceHoldsBothWays(long ageSeconds, boolean accepted) {
    Secret secret = Secret.of(KEY);
    CustomerIo strict =
        new CustomerIo(
            new CustomerIoSettings(
                "customerio", List.of(secret), Duration.ofMinutes(5), false, false));
    Payload body = Payload.of(BODY);
    Headers headers =
        new CustomerIoSigner(secret).sign(body, Samples.RECEIVED.minusSeconds(ageSeconds));

    Verification verification = strict.verify(Samples.delivery(headers, body));

    assertThat(verification instanceof Verified).isEqualTo(accepted);
    if (!accepted) {
      assertThat(reason(verification)).isEqualTo(TIMESTAMP_OUTSIDE_TOLERANCE);
    }
  }

  @Test
  void theSignerSignsAsTheProviderDoes() {
    Headers signed =
        new CustomerIoSigner(Secret.of(KEY))
            .sign(Payload.of(BODY), Instant.ofEpochSecond(Long.parseLong(TIMESTAMP)));

    assertThat(signed.single("X-CIO-Timestamp")).contains(TIMESTAMP);
    assertThat(signed.single("X-CIO-Signature")).contains(SIGNATURE);
  }

  @Test
  void anHmacOfTheBodyAloneNeedsItsSetting() {
    Payload body = Payload.of(BODY);
    String bare = HexFormat.of().formatHex(Hmac.sha256(Secret.of(Samples.KEY), body.unsafeBytes()));
    Delivery untimed = Samples.delivery(Headers.of("X-CIO-Signature", bare), body);
    Delivery timed = delivery(TIMESTAMP, bare, BODY);

    assertThat(reason(Samples.source().verify(untimed))).isEqualTo(TIMESTAMP_MISSING);
    assertThat(Samples.source().verify(timed)).isEqualTo(wrong());
    for (Delivery delivery : List.of(untimed, timed)) {
      Verification verification = Samples.lenientSource().verify(delivery);
      assertThat(verification).isEqualTo(new Verified(Secret.of(Samples.KEY).fingerprint(), null));
    }
  }

  @Test
  void withBodyOnlySignaturesAWrongOneIsStillRefused() {
    assertThat(Samples.lenientSource().verify(delivery(TIMESTAMP, SIGNATURE, BODY)))
        .isEqualTo(wrong());
    assertThat(verifyWith(Samples.lenientSource(), "X-CIO-Signature", SIGNATURE))
        .isEqualTo(TIMESTAMP_MISSING);
  }

  @Test
  void refusalsNameNothingFromTheRequest() {
    for (Verification refused :
        List.of(
            verify("secret-1", SIGNATURE, BODY),
            verify(TIMESTAMP, "secret-2", BODY),
            verify(TIMESTAMP, SIGNATURE, "secret-3"))) {
      assertThat(((Refused) refused).message()).doesNotContain("secret-").isNotBlank();
    }
  }

  private void everyBit(int bytes, IntFunction<Verification> verification) {
    for (int bit = 0; bit < bytes * 8; bit++) {
      assertThat(verification.apply(bit)).as("bit %d", bit).isInstanceOf(Refused.class);
    }
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] changed = bytes.clone();
    changed[bit / 8] ^= (byte) (1 << bit % 8);
    return changed;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private Verification verify(String timestamp, String signature, String body) {
    return verify(timestamp, signature, Payload.of(body));
  }

  private Verification verify(String timestamp, String signature, Payload body) {
    Headers headers = Headers.of("X-CIO-Timestamp", timestamp, "X-CIO-Signature", signature);
    return source.verify(Samples.delivery(headers, body));
  }

  private static Verification.Reason verifyWith(CustomerIo source, String... headers) {
    return reason(source.verify(deliveryWith(headers)));
  }

  private static Delivery delivery(String timestamp, String signature, String body) {
    return Samples.delivery(
        Headers.of("X-CIO-Timestamp", timestamp, "X-CIO-Signature", signature), Payload.of(body));
  }

  private static Delivery deliveryWith(String... headers) {
    return Samples.delivery(Headers.of(headers), Payload.of(BODY));
  }

  private static Verification.Reason reason(Verification verification) {
    assertThat(verification).isInstanceOf(Refused.class);
    return ((Refused) verification).reason();
  }

  private static Refused wrong() {
    return refusedFor("0".repeat(64));
  }

  private static Refused malformed() {
    return refusedFor("0");
  }

  private static Refused refusedFor(String signature) {
    return (Refused) source("k").verify(delivery(TIMESTAMP, signature, BODY));
  }

  private static CustomerIo source(String... keys) {
    return new CustomerIo(
        CustomerIoSettings.of("customerio", List.of(keys).stream().map(Secret::of).toList()));
  }
}
