package dev.hooklake.sources.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.Peer;
import dev.hooklake.sources.PublicAddress;
import dev.hooklake.sources.Verification;
import dev.hooklake.sources.Verification.Reason;
import dev.hooklake.sources.Verification.Refused;
import dev.hooklake.sources.Verification.Verified;
import dev.hooklake.sources.signature.Secret;
import dev.hooklake.sources.signature.TwilioSignature;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The signatures in `vectors.csv` are the vendor's own where it published them; each line says
/// what it shows.
class TwilioSignatureVectorsTest {
  private static final Secret TOKEN = Secret.of("12345");
  private static final String CALL =
      "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309"
          + "&To=%2B18005551212";
  private static final String URL = "https://mycompany.com/myapp.php?foo=1&bar=2";
  private static final String SIGNATURE = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";

  @ParameterizedTest(name = "{0}: {4}")
  @CsvFileSource(resources = "/twilio/vectors.csv", delimiter = '|')
  void everyVectorIsSignedAndVerifiedAlike(
      int number, String url, String fields, String signature, String shows) {
    String form = fields == null ? "" : fields.equals("P") ? CALL : encoded(fields);
    Headers signed = new TwilioSigner(TOKEN).signForm(url, Payload.of(form));
    assertThat(signed.single("X-Twilio-Signature")).as(shows).contains(signature);
    // Twilio never signs a user, so that only our signer is asked for one.
    if (!url.contains("@")) {
      assertThat(verify(url, form, signature)).as(shows).isInstanceOf(Verified.class);
    }
  }

  @Test
  void withAndWithoutTheUsualPortCountAsTheSame() {
    String withPort = "https://mycompany.com:443/myapp.php?foo=1&bar=2";
    String portSignature = "kvajT1Ptam85bY51eRf/AJRuM3w=";
    assertThat(verify(URL, CALL, portSignature)).isInstanceOf(Verified.class);
    assertThat(verify(withPort, CALL, SIGNATURE)).isInstanceOf(Verified.class);
    assertThat(verify(withPort, CALL, portSignature)).isInstanceOf(Verified.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[::1]", "[::1]:8443", "host:1", "host"})
  void portsAreFoundInEveryKindOfHost(String host) {
    String url = "https://" + host + "/hook";
    String bare = "https://" + (host.startsWith("[") ? "[::1]" : "host") + "/hook";
    String signature =
        new TwilioSigner(TOKEN)
            .signForm(bare, Payload.of("a=1"))
            .single("X-Twilio-Signature")
            .orElseThrow();
    assertThat(verify(url, "a=1", signature)).isInstanceOf(Verified.class);
  }

  @Test
  void jsonIsVerifiedByItsHashInTheQuery() {
    String body = "{\"property\": \"value\", \"boolean\": true}";
    String hash = "bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
    assertThat(json("foo=1&bar=2&" + hash, body, "a9nBmqA0ju/hNViExpshrM61xv4="))
        .isInstanceOf(Verified.class);
    assertThat(json(hash, body, "y77kIzt2vzLz71DgmJGsen2scGs=")).isInstanceOf(Verified.class);
    assertThat(reason(json(hash, body + " ", "y77kIzt2vzLz71DgmJGsen2scGs=")))
        .isEqualTo(Reason.SIGNATURE_WRONG);
    assertThat(reason(json(hash, "", "y77kIzt2vzLz71DgmJGsen2scGs=")))
        .isEqualTo(Reason.SIGNATURE_WRONG);
  }

  @Test
  void jsonIsVerifiedWhicheverPortFormWasSigned() {
    String hash = "bodySHA256=44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    assertThat(json("foo=1&bar=2&" + hash, "{}", "Ldidvp12m26NI7eqEvxnEpkd9Hc="))
        .isInstanceOf(Verified.class);
    assertThat(json("foo=1&bar=2&" + hash, "{}", "rw/jVviOgicj2+kHZULvebnA4ag="))
        .isInstanceOf(Verified.class);
  }

  @Test
  void jsonWithoutItsHashIsRefusedThoughTheUrlIsSigned() {
    assertThat(reason(json("foo=1&bar=2", "{}", "zYQTYrRWXE7LtzbG4PfP7/bkkGo=")))
        .isEqualTo(Reason.SIGNATURE_WRONG);
    assertThat(json("foo=1&bar=2", "", "zYQTYrRWXE7LtzbG4PfP7/bkkGo="))
        .isInstanceOf(Verified.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://mycompany.com/myapp.php?foo=1&bar=3",
        "https://mycompany.com/myapp.php?foo=1",
        "https://mycompany.com/myapp.php/?foo=1&bar=2",
        "https://mycompany.org/myapp.php?foo=1&bar=2",
        "http://mycompany.com/myapp.php?foo=1&bar=2",
        "https://mycompany.com:8443/myapp.php?foo=1&bar=%32"
      })
  void anotherUrlIsRefused(String url) {
    assertThat(reason(verify(url, CALL, SIGNATURE))).isEqualTo(Reason.SIGNATURE_WRONG);
  }

  @Test
  void aDroppedAddedOrTrimmedFieldIsRefused() {
    assertThat(reason(verify(URL, CALL.substring(0, CALL.lastIndexOf('&')), SIGNATURE)))
        .isEqualTo(Reason.SIGNATURE_WRONG);
    assertThat(reason(verify(URL, CALL + "&New=1", SIGNATURE))).isEqualTo(Reason.SIGNATURE_WRONG);
    assertThat(reason(verify(URL, CALL.replace("Digits=1234", "Digits=+1234"), SIGNATURE)))
        .isEqualTo(Reason.SIGNATURE_WRONG);
    assertThat(verify(URL, CALL + "&=", SIGNATURE)).isInstanceOf(Verified.class);
  }

  @Test
  void everyChangedLetterOfTheSignatureIsRefused() {
    for (int i = 0; i < SIGNATURE.length() - 2; i++) {
      char other = SIGNATURE.charAt(i) == 'A' ? 'B' : 'A';
      String changed = SIGNATURE.substring(0, i) + other + SIGNATURE.substring(i + 1);
      assertThat(reason(verify(URL, CALL, changed))).isEqualTo(Reason.SIGNATURE_WRONG);
    }
  }

  @Test
  void aHeaderThatIsMissingEmptyRepeatedOrNoBase64IsRefused() {
    assertThat(reason(verify(URL, CALL, Headers.NONE))).isEqualTo(Reason.SIGNATURE_MISSING);
    assertThat(reason(verify(URL, CALL, ""))).isEqualTo(Reason.SIGNATURE_MISSING);
    assertThat(reason(verify(URL, CALL, "no base64!"))).isEqualTo(Reason.SIGNATURE_MALFORMED);
    assertThat(reason(verify(URL, CALL, SIGNATURE.repeat(40))))
        .isEqualTo(Reason.SIGNATURE_MALFORMED);
    assertThat(reason(verify(URL, CALL, "AAAA"))).isEqualTo(Reason.SIGNATURE_WRONG);
    Headers twice = Headers.of("X-Twilio-Signature", SIGNATURE, "x-twilio-signature", SIGNATURE);
    assertThat(reason(verify(URL, CALL, twice))).isEqualTo(Reason.SIGNATURE_MISSING);
  }

  @Test
  void aFormWithMoreFieldsThanAllowedIsRefused() {
    assertThat(reason(verify(URL, "a=1&".repeat(1001), SIGNATURE)))
        .isEqualTo(Reason.SIGNATURE_MALFORMED);
  }

  @Test
  void theTokenThatMatchedIsNamed() {
    Secret next = Secret.of("next");
    var verifier =
        new TwilioSignature(List.of(next, TOKEN), PublicAddress.of("https://mycompany.com"));
    Delivery delivery = delivery(URL, CALL, signed(TwilioSamples.FORM, SIGNATURE));
    assertThat(verifier.verify(delivery)).isEqualTo(new Verified(TOKEN.fingerprint(), null));
  }

  @Test
  void withoutABaseUrlTheHostHeaderCountsAndForwardedHeadersOnlyFromATrustedProxy() {
    var verifier = new TwilioSignature(List.of(TOKEN), PublicAddress.OF_REQUEST);
    Headers headers =
        Headers.of(
            "host", "inner:8080",
            "x-forwarded-host", "mycompany.com",
            "x-forwarded-proto", "https",
            "content-type", TwilioSamples.FORM,
            "x-twilio-signature", SIGNATURE);
    Delivery proxied = delivery(URL, CALL, headers);
    assertThat(reason(verifier.verify(proxied))).isEqualTo(Reason.SIGNATURE_WRONG);
    var trusted =
        new Delivery(
            proxied.path(),
            proxied.query(),
            headers,
            proxied.body(),
            proxied.receivedAt(),
            new Peer("http", true));
    assertThat(verifier.verify(trusted)).isInstanceOf(Verified.class);
    assertThat(reason(verifier.verify(delivery(URL, CALL, signed(TwilioSamples.FORM, SIGNATURE)))))
        .isEqualTo(Reason.SIGNATURE_MALFORMED);
  }

  private static Verification json(String query, String body, String signature) {
    return verify(
        "https://mycompany.com/myapp.php?" + query, body, signed("application/json", signature));
  }

  private static Verification verify(String url, String form, String signature) {
    return verify(url, form, signed(TwilioSamples.FORM, signature));
  }

  private static Verification verify(String url, String body, Headers headers) {
    int path = url.indexOf('/', url.indexOf("://") + 3);
    var verifier = new TwilioSignature(List.of(TOKEN), PublicAddress.of(url.substring(0, path)));
    return verifier.verify(delivery(url, body, headers));
  }

  private static Delivery delivery(String url, String body, Headers headers) {
    int path = url.indexOf('/', url.indexOf("://") + 3);
    int query = url.indexOf('?');
    return new Delivery(
        query < 0 ? url.substring(path) : url.substring(path, query),
        query < 0 ? "" : url.substring(query + 1),
        headers,
        Payload.of(body),
        Instant.EPOCH);
  }

  private static Headers signed(String contentType, String signature) {
    return Headers.of("content-type", contentType, "X-Twilio-Signature", signature);
  }

  /// `a=1; b=x y` as a form.
  private static String encoded(String fields) {
    var form = new StringBuilder();
    for (String field : fields.split("; ", -1)) {
      int equals = field.indexOf('=');
      form.append(form.isEmpty() ? "" : "&")
          .append(URLEncoder.encode(field.substring(0, equals), StandardCharsets.UTF_8))
          .append('=')
          .append(URLEncoder.encode(field.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return form.toString();
  }

  private static Reason reason(Verification verification) {
    return ((Refused) verification).reason();
  }
}
