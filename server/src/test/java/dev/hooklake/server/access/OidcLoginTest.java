package dev.hooklake.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.hooklake.server.access.OidcSettings.RoleValues;
import dev.hooklake.server.fake.FakeIdentityProvider;
import dev.hooklake.server.fake.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Logging in against a provider of ours, and everything that must not be let in.
final class OidcLoginTest {
  private static final RSAKey STRANGERS_KEY = FakeIdentityProvider.newKey("published");
  private static final RSAKey UNKNOWN_KEY = FakeIdentityProvider.newKey("unknown");

  private final ManualClock clock = new ManualClock();
  private FakeIdentityProvider provider;
  private OidcLogin login;

  @BeforeEach
  void start() throws IOException {
    provider = new FakeIdentityProvider();
    login = login("email", new RoleValues(List.of("ana@example.com"), List.of("ben@example.com")));
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void theBrowserIsSentAwayWithStateNonceAndChallenge() throws Exception {
    Map<String, String> asked = asked(login.begin());

    assertThat(asked)
        .containsEntry("response_type", "code")
        .containsEntry("client_id", "hooklake")
        .containsEntry("redirect_uri", "https://console.example.com/login/oidc/callback")
        .containsEntry("code_challenge_method", "S256");
    assertThat(asked.get("state")).hasSize(43).isNotEqualTo(asked.get("nonce"));
    assertThat(asked.get("scope")).contains("openid");
  }

  @Test
  void theClaimDecidesTheRole() throws Exception {
    assertThat(loggedIn(claims -> claims)).isEqualTo(new Caller("ana@example.com", Role.OPERATOR));
    assertThat(loggedIn(claims -> claims.claim("email", "ben@example.com")).role())
        .isEqualTo(Role.VIEWER);
  }

  @Test
  void groupsDecideTheRoleWhereTheyAreTheClaim() throws Exception {
    login = login("groups", new RoleValues(List.of("mail-admins"), List.of("*")));

    assertThat(loggedIn(claims -> claims.claim("groups", List.of("staff", "mail-admins"))).role())
        .isEqualTo(Role.OPERATOR);
    assertThat(loggedIn(claims -> claims.claim("groups", List.of("staff"))).role())
        .isEqualTo(Role.VIEWER);
  }

  @Test
  void whoHasNoRoleIsNotLetIn() {
    assertRefused(claims -> claims.claim("email", "eve@example.com"), "gives you a role");
  }

  @Test
  void anAddressThatWasNotVerifiedCountsForNothing() {
    assertRefused(claims -> claims.claim("email_verified", false), "gives you a role");
    assertRefused(claims -> claims.claim("email_verified", null), "gives you a role");
  }

  @Test
  void aTokenOfAnotherIssuerAudienceOrLoginIsRefused() {
    assertRefused(claims -> claims.issuer("https://login.attacker.example"), "does not hold");
    assertRefused(claims -> claims.issuer(null), "does not hold");
    assertRefused(claims -> claims.audience("another-client"), "does not hold");
    assertRefused(claims -> claims.claim("nonce", "another login"), "does not hold");
    assertRefused(claims -> claims.claim("nonce", null), "does not hold");
  }

  @Test
  void aTokenForSeveralPartiesIsOursOnlyWhenWeAskedForIt() throws Exception {
    List<String> both = List.of("hooklake", "another-client");

    assertRefused(claims -> claims.audience(both), "another party");
    assertRefused(claims -> claims.audience(both).claim("azp", "another-client"), "another party");
    assertThat(loggedIn(claims -> claims.audience(both).claim("azp", "hooklake")).role())
        .isEqualTo(Role.OPERATOR);
  }

  @Test
  void anExpiredTokenIsRefused() {
    assertRefused(claims -> claims.expirationTime(date(Duration.ofMinutes(-5))), "does not hold");
    assertRefused(claims -> claims.expirationTime(null), "does not hold");
  }

  @Test
  void aTokenThatIsNotSignedWithAPublishedKeyIsRefused() throws Exception {
    assertRefusedToken(claims -> new PlainJWT(claims).serialize());
    assertRefusedToken(claims -> FakeIdentityProvider.signed(claims, STRANGERS_KEY));
    assertRefusedToken(claims -> FakeIdentityProvider.signed(claims, UNKNOWN_KEY));
    assertRefusedToken(OidcLoginTest::signedWithTheClientsSecret);
    assertRefusedToken(_ -> "no.token.atall");
  }

  @Test
  void whatComesBackToAnotherBrowserOrTwiceIsRefused() throws Exception {
    OidcLogin.Begun begun = login.begin();
    String state = asked(begun).get("state");

    assertThatThrownBy(() -> login.finish("another browser", state, "code"))
        .isInstanceOf(LoginRefused.class);
    assertThatThrownBy(() -> login.finish(begun.attempt(), "another state", "code"))
        .isInstanceOf(LoginRefused.class);
    assertThatThrownBy(() -> login.finish(begun.attempt(), state, "code"))
        .hasMessageContaining("not begun in this browser");
  }

  @Test
  void aLoginThatTookTooLongIsRefused() throws Exception {
    OidcLogin.Begun begun = login.begin();
    clock.advance(OidcLogin.LIFE.plusSeconds(1));

    assertThatThrownBy(() -> login.finish(begun.attempt(), asked(begun).get("state"), "code"))
        .isInstanceOf(LoginRefused.class);
  }

  @Test
  void aCodeOfAnotherLoginIsWorthNothing() throws Exception {
    OidcLogin.Begun one = login.begin();
    OidcLogin.Begun other = login.begin();
    String stolen = provider.grant(asked(other), token(asked(other), claims -> claims));

    assertThatThrownBy(() -> login.finish(one.attempt(), asked(one).get("state"), stolen))
        .isInstanceOf(OidcUnreachable.class)
        .hasMessageContaining("answered 400");
  }

  @Test
  void aProviderThatCallsItselfOtherwiseIsNotTrusted() {
    provider.issuer = "https://login.attacker.example";

    assertThatThrownBy(login::begin).hasMessageContaining("mend admin.oidc.issuer");
  }

  @Test
  void aProviderThatIsAwayIsToldAndAskedAgain() throws Exception {
    URI away = provider.uri();
    provider.close();
    assertThatThrownBy(login::begin)
        .isInstanceOf(OidcUnreachable.class)
        .hasMessageNotContaining(String.valueOf(away.getPort()));
  }

  private void assertRefused(UnaryOperator<JWTClaimsSet.Builder> change, String why) {
    assertThatThrownBy(() -> loggedIn(change))
        .isInstanceOf(LoginRefused.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("eve@");
  }

  private void assertRefusedToken(Token token) throws Exception {
    OidcLogin.Begun begun = login.begin();
    Map<String, String> asked = asked(begun);
    String code = provider.grant(asked, token.of(claims(asked).build()));

    assertThatThrownBy(() -> login.finish(begun.attempt(), asked.get("state"), code))
        .isInstanceOf(LoginRefused.class)
        .hasMessageContaining("does not hold");
  }

  private Caller loggedIn(UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
    OidcLogin.Begun begun = login.begin();
    Map<String, String> asked = asked(begun);
    String code = provider.grant(asked, token(asked, change));
    return login.finish(begun.attempt(), asked.get("state"), code);
  }

  private String token(Map<String, String> asked, UnaryOperator<JWTClaimsSet.Builder> change) {
    return FakeIdentityProvider.signed(change.apply(claims(asked)).build(), provider.key);
  }

  private JWTClaimsSet.Builder claims(Map<String, String> asked) {
    return new JWTClaimsSet.Builder()
        .issuer(provider.issuer)
        .subject("subject-1")
        .audience("hooklake")
        .issueTime(date(Duration.ZERO))
        .expirationTime(date(Duration.ofMinutes(5)))
        .claim("nonce", asked.get("nonce"))
        .claim("email", "ana@example.com")
        .claim("email_verified", true);
  }

  private Date date(Duration fromNow) {
    return Date.from(clock.instant().plus(fromNow));
  }

  private static Map<String, String> asked(OidcLogin.Begun begun) {
    return FakeIdentityProvider.fields(begun.location().getRawQuery());
  }

  /// What passes where a library takes the algorithm from the token.
  private static String signedWithTheClientsSecret(JWTClaimsSet claims) throws Exception {
    var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    token.sign(new MACSigner("a client's secret of enough bytes"));
    return token.serialize();
  }

  private OidcLogin login(String claim, RoleValues roles) {
    return new OidcLogin(
        new OidcSettings(
            provider.uri(),
            "hooklake",
            "a client's secret",
            URI.create("https://console.example.com/login/oidc/callback"),
            claim,
            roles),
        clock);
  }

  private interface Token {
    String of(JWTClaimsSet claims) throws Exception;
  }
}
