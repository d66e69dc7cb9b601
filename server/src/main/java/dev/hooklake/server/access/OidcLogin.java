package dev.hooklake.server.access;

import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Logs people in with OpenID Connect: the authorization code flow with PKCE, state and nonce.
///
/// A login that is under way belongs to one browser, which holds its name in a cookie; it lasts ten
/// minutes and is good for one try.
public final class OidcLogin {
  public static final Duration LIFE = Duration.ofMinutes(10);
  private static final int MOST_UNDER_WAY = 200;

  private final OidcSettings settings;
  private final InstantSource clock;
  private final OidcProvider provider;
  private final Map<String, Attempt> attempts = new LinkedHashMap<>();
  private volatile @Nullable IdentityTokens tokens;

  public OidcLogin(OidcSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.provider = new OidcProvider(settings);
  }

  /// A login that begins: `attempt` for the browser's cookie, and where to send the browser.
  public record Begun(String attempt, URI location) {}

  public Begun begin() throws OidcUnreachable {
    URI authorization = provider.endpoints().authorization();
    var attempt =
        new Attempt(RandomText.next(), RandomText.next(), RandomText.next(), clock.instant());
    String name = RandomText.next();
    keep(Digest.of(name), attempt);
    var query = new LinkedHashMap<String, String>();
    query.put("response_type", "code");
    query.put("client_id", settings.clientId());
    query.put("redirect_uri", settings.redirect().toString());
    query.put("scope", "openid email profile");
    query.put("state", attempt.state);
    query.put("nonce", attempt.nonce);
    query.put("code_challenge", Digest.of(attempt.verifier));
    query.put("code_challenge_method", "S256");
    String separator = authorization.getRawQuery() == null ? "?" : "&";
    return new Begun(name, URI.create(authorization + separator + OidcProvider.form(query)));
  }

  /// Who has logged in, when the browser comes back from the provider.
  ///
  /// @param attempt the browser's cookie
  public Caller finish(String attempt, String state, String code)
      throws LoginRefused, OidcUnreachable {
    Attempt begun = taken(Digest.of(attempt));
    if (begun == null || !Digest.same(begun.state, state)) {
      throw new LoginRefused(
          "this login was not begun in this browser, or too long ago; try again");
    }
    String token = provider.identityToken(code, begun.verifier);
    return caller(tokens().verified(token, begun.nonce));
  }

  private IdentityTokens tokens() throws OidcUnreachable {
    IdentityTokens known = tokens;
    if (known == null) {
      known = new IdentityTokens(settings, provider.endpoints().keys(), clock);
      tokens = known;
    }
    return known;
  }

  private Caller caller(JWTClaimsSet claims) throws LoginRefused {
    Set<String> values = values(claims);
    String name = name(claims);
    if (settings.roles().operator(values)) {
      return new Caller(name, Role.OPERATOR);
    }
    if (settings.roles().viewer(values)) {
      return new Caller(name, Role.VIEWER);
    }
    throw new LoginRefused(
        "the identity provider knows you, but nothing in your "
            + settings.claim()
            + " gives you a role here; ask whoever runs this server");
  }

  private Set<String> values(JWTClaimsSet claims) {
    // An address that was not verified may be anybody's.
    if (settings.claim().equals("email") && !isTrue(claims.getClaim("email_verified"))) {
      return Set.of();
    }
    Object claim = claims.getClaim(settings.claim());
    var values = new HashSet<String>();
    switch (claim) {
      case String text -> values.add(text);
      case Collection<?> many -> many.forEach(one -> values.add(String.valueOf(one)));
      case null, default -> {}
    }
    return values;
  }

  private static boolean isTrue(@Nullable Object claim) {
    return Boolean.TRUE.equals(claim) || "true".equals(claim);
  }

  private static String name(JWTClaimsSet claims) {
    Object email = claims.getClaim("email");
    return email instanceof String address && isTrue(claims.getClaim("email_verified"))
        ? address
        : "oidc " + claims.getSubject();
  }

  private synchronized void keep(String digest, Attempt attempt) {
    Instant now = clock.instant();
    attempts.values().removeIf(other -> other.over(now));
    if (attempts.size() >= MOST_UNDER_WAY) {
      attempts.remove(attempts.keySet().iterator().next());
    }
    attempts.put(digest, attempt);
  }

  private synchronized @Nullable Attempt taken(String digest) {
    Attempt attempt = attempts.remove(digest);
    return attempt == null || attempt.over(clock.instant()) ? null : attempt;
  }

  private record Attempt(String state, String nonce, String verifier, Instant begunAt) {
    boolean over(Instant now) {
      return now.isAfter(begunAt.plus(LIFE));
    }
  }
}
