package dev.hooklake.server.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// An OpenID Connect provider on loopback: discovery, keys, and a token endpoint that insists on
/// the code's PKCE verifier. What stands in the identity token is up to the test.
public final class FakeIdentityProvider implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Grant> grants = new ConcurrentHashMap<>();

  /// Signs; its public half is published.
  public final RSAKey key = newKey("published");

  /// What discovery says that it is.
  public volatile String issuer;

  private record Grant(String challenge, String identityToken) {}

  public FakeIdentityProvider() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer = "http://127.0.0.1:" + server.getAddress().getPort();
    server.createContext("/.well-known/openid-configuration", this::discovery);
    server.createContext(
        "/keys", exchange -> json(exchange, 200, new JWKSet(key).toPublicJWKSet().toString()));
    server.createContext("/token", this::token);
    server.start();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public static RSAKey newKey(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The code that a browser would bring back, good for this identity token.
  public String grant(Map<String, String> request, String identityToken) {
    String code = "code-" + grants.size();
    grants.put(code, new Grant(request.get("code_challenge"), identityToken));
    return code;
  }

  public static String signed(JWTClaimsSet claims, RSAKey key) {
    try {
      var token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  public static Map<String, String> fields(String form) {
    var fields = new HashMap<String, String>();
    for (String pair : form.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      fields.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
    }
    return fields;
  }

  private void discovery(HttpExchange exchange) {
    json(
        exchange,
        200,
        """
        {"issuer": "%s", "authorization_endpoint": "%s/authorize", "token_endpoint": "%s/token",
         "jwks_uri": "%s/keys"}\
        """
            .formatted(issuer, uri(), uri(), uri()));
  }

  private void token(HttpExchange exchange) {
    try {
      Map<String, String> form =
          fields(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      Grant grant = grants.remove(Objects.requireNonNullElse(form.get("code"), ""));
      if (grant == null || !challenge(form.get("code_verifier")).equals(grant.challenge())) {
        json(exchange, 400, "{\"error\": \"invalid_grant\"}");
      } else {
        json(
            exchange,
            200,
            "{\"access_token\": \"unused\", \"id_token\": \"" + grant.identityToken() + "\"}");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void json(HttpExchange exchange, int status, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
