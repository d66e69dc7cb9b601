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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens, Basic authentication, and tokens that hash the body.
class OtherVerifiersTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_793_178_000);
  private static final Secret OLD = Secret.of("old-token");
  private static final Secret NEW = Secret.of("new-token");

  private final SharedToken token =
      new SharedToken(
          List.of(Place.header("X-Webhook-Token"), Place.query("token")), List.of(OLD, NEW));
  private final BasicCredentials basic =
      new BasicCredentials(List.of(Secret.of("hook:s3cret:with:colons")));
  private final BodyHashJwt jwt = new BodyHashJwt(List.of(OLD, NEW), Duration.ofMinutes(5));

  @Test
  void aTokenCountsInTheHeaderOrTheQuery() {
    assertThat(token.verify(delivery("", "X-Webhook-Token", "new-token")))
        .isEqualTo(new Verified(NEW.fingerprint(), null));
    assertThat(token.verify(delivery("a=1&token=old%2Dtoken")))
        .isEqualTo(new Verified(OLD.fingerprint(), null));
  }

  @Test
  void aTokenThatIsWrongAbsentOrRepeatedIsRefused() {
    assertThat(reason(token.verify(delivery("", "X-Webhook-Token", "new-token2"))))
        .isEqualTo(Reason.SIGNATURE_WRONG);
    assertThat(reason(token.verify(delivery("token=nothing", "X-Webhook-Token", ""))))
        .isEqualTo(Reason.SIGNATURE_WRONG);
    assertThat(reason(token.verify(delivery("")))).isEqualTo(Reason.SIGNATURE_MISSING);
    assertThat(reason(token.verify(delivery("token=old-token&token=old-token"))))
        .isEqualTo(Reason.SIGNATURE_MISSING);
  }

  @Test
  void aBearerTokenIsAHeaderWithAPrefix() {
    var bearer =
        new SharedToken(
            List.of(new Place(Place.Kind.HEADER, "Authorization", "Bearer ", "")), List.of(NEW));
    assertThat(bearer.verify(delivery("", "authorization", "Bearer new-token")))
        .isInstanceOf(Verified.class);
    assertThat(reason(bearer.verify(delivery("", "authorization", "new-token"))))
        .isEqualTo(Reason.SIGNATURE_MISSING);
  }

  @Test
  void basicCredentialsAreComparedWhole() {
    Headers signed = BasicCredentials.sign(Secret.of("hook:s3cret:with:colons"));
    assertThat(basic.verify(delivery(signed))).isInstanceOf(Verified.class);
    assertThat(reason(basic.verify(delivery(BasicCredentials.sign(Secret.of("hook:s3cret"))))))
        .isEqualTo(Reason.SIGNATURE_WRONG);
    assertThat(reason(basic.verify(delivery("")))).isEqualTo(Reason.SIGNATURE_MISSING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer abc", "Basic", "Basic ***", "Basicaaaa", "Basic ä"})
  void whatIsNotBasicIsMalformed(String header) {
    assertThat(reason(basic.verify(delivery("", "Authorization", header))))
        .isEqualTo(Reason.SIGNATURE_MALFORMED);
  }

  @Test
  void credentialsWithoutAColonAreRefusedAtStart() {
    assertThatThrownBy(() -> new BasicCredentials(List.of(Secret.of("just-a-password"))))
        .hasMessageContaining("user:password")
        .hasMessageNotContaining("just-a");
  }

  @Test
  void aTokenThatHashesTheBodyIsAuthentic() {
    Payload body = Payload.of("{\"status\":\"delivered\"}");
    Headers signed = new BodyHashJwtSigner(NEW).sign(body, NOW.minusSeconds(3));
    assertThat(jwt.verify(new Delivery("/hook", "", signed, body, NOW)))
        .isEqualTo(new Verified(NEW.fingerprint(), Duration.ofSeconds(3)));
  }

  @Test
  void aTokenForAnotherBodyTimeOrKeyIsRefused() {
    Payload body = Payload.of("{}");
    Headers signed = new BodyHashJwtSigner(NEW).sign(body, NOW);
    assertThat(reason(jwt.verify(new Delivery("/h", "", signed, Payload.of("[]"), NOW))))
        .isEqualTo(Reason.SIGNATURE_WRONG);
    assertThat(reason(jwt.verify(new Delivery("/h", "", signed, body, NOW.plusSeconds(301)))))
        .isEqualTo(Reason.TIMESTAMP_OUTSIDE_TOLERANCE);
    Headers other = new BodyHashJwtSigner(Secret.of("other")).sign(body, NOW);
    assertThat(reason(jwt.verify(new Delivery("/h", "", other, body, NOW))))
        .isEqualTo(Reason.SIGNATURE_WRONG);
  }

  @Test
  void theTokensOwnChoiceOfAlgorithmIsNeverFollowed() {
    String unsigned = base64("{\"alg\":\"none\"}") + "." + base64("{\"iat\":1}") + ".";
    String other = base64("{\"alg\":\"HS512\"}") + "." + base64("{}") + ".AAAA";
    for (String bearer : List.of(unsigned, other, "a.b", "a.b.c.d", "...", "{}.{}.x")) {
      assertThat(reason(jwt.verify(delivery("", "authorization", "Bearer " + bearer))))
          .isEqualTo(Reason.SIGNATURE_MALFORMED);
    }
  }

  private static String base64(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Delivery delivery(String query, String... headers) {
    return new Delivery("/hook", query, Headers.of(headers), Payload.of("{}"), NOW);
  }

  private static Delivery delivery(Headers headers) {
    return new Delivery("/hook", "", headers, Payload.of("{}"), NOW);
  }

  private static Reason reason(Verification verification) {
    return ((Refused) verification).reason();
  }
}
