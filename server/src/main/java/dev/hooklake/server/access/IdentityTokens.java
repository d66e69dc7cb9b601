package dev.hooklake.server.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;

/// Checks identity tokens: signed with a published key by an asymmetric algorithm, from our issuer,
/// for us, for this very login, and not expired.
final class IdentityTokens {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int MOST_KEY_BYTES = 256 << 10;
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private final OidcSettings settings;
  private final InstantSource clock;
  private final JWKSource<SecurityContext> keys;

  IdentityTokens(OidcSettings settings, URI keysAt, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    try {
      this.keys =
          JWKSourceBuilder.<SecurityContext>create(
                  keysAt.toURL(),
                  new DefaultResourceRetriever(PATIENCE_MILLIS, PATIENCE_MILLIS, MOST_KEY_BYTES))
              // Keys are fetched when a login needs them, not by a thread of the library's.
              .refreshAheadCache(false)
              .build();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("the address of the keys is no URL", e);
    }
  }

  /// The claims of a token that holds; a refusal says what is wrong with it.
  JWTClaimsSet verified(String token, String nonce) throws LoginRefused {
    var processor = new DefaultJWTProcessor<SecurityContext>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    processor.setJWTClaimsSetVerifier(claims(nonce));
    try {
      JWTClaimsSet claims = processor.process(token, null);
      refuseOthersToken(claims);
      return claims;
    } catch (BadJOSEException | ParseException e) {
      throw new LoginRefused("the identity token does not hold: " + e.getMessage());
    } catch (JOSEException e) {
      throw new LoginRefused("the identity provider's keys cannot be had: " + e.getMessage());
    }
  }

  private DefaultJWTClaimsVerifier<SecurityContext> claims(String nonce) {
    JWTClaimsSet expected =
        new JWTClaimsSet.Builder()
            .issuer(settings.issuer().toString())
            .claim("nonce", nonce)
            .build();
    return new DefaultJWTClaimsVerifier<>(
        settings.clientId(), expected, Set.of("sub", "iat", "exp")) {
      @Override
      protected Date currentTime() {
        return Date.from(clock.instant());
      }
    };
  }

  /// A token for several parties says which of them asked for it.
  private void refuseOthersToken(JWTClaimsSet claims) throws LoginRefused {
    List<String> audience = claims.getAudience();
    Object party = claims.getClaim("azp");
    boolean ours = party == null ? audience.size() == 1 : party.equals(settings.clientId());
    if (!ours) {
      throw new LoginRefused("the identity token was made for another party");
    }
  }
}
