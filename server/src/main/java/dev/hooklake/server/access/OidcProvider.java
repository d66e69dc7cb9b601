package dev.hooklake.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Talks to the identity provider: asks once where its endpoints are, and changes codes into
/// identity tokens. Answers are bounded in size and time.
final class OidcProvider {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_BYTES = 256 << 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OidcSettings settings;
  private final HttpClient http;
  private volatile @Nullable Endpoints endpoints;

  OidcProvider(OidcSettings settings) {
    this.settings = settings;
    this.http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  }

  /// Where the provider says that its parts are.
  record Endpoints(URI authorization, URI token, URI keys) {}

  Endpoints endpoints() throws OidcUnreachable {
    Endpoints known = endpoints;
    if (known == null) {
      known = discover();
      endpoints = known;
    }
    return known;
  }

  private Endpoints discover() throws OidcUnreachable {
    String issuer = settings.issuer().toString();
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    JsonNode document =
        ask(HttpRequest.newBuilder(URI.create(base + "/.well-known/openid-configuration")).GET());
    if (!issuer.equals(document.path("issuer").asText())) {
      throw new OidcUnreachable(
          "the identity provider does not call itself " + issuer + "; mend admin.oidc.issuer",
          null);
    }
    return new Endpoints(
        endpoint(document, "authorization_endpoint"),
        endpoint(document, "token_endpoint"),
        endpoint(document, "jwks_uri"));
  }

  private URI endpoint(JsonNode document, String name) throws OidcUnreachable {
    URI uri;
    try {
      uri = URI.create(document.path(name).asText());
    } catch (IllegalArgumentException e) {
      throw new OidcUnreachable("the identity provider's " + name + " is no URL", e);
    }
    // What protects the issuer must protect the rest.
    if (!settings.issuer().getScheme().equals(uri.getScheme()) || uri.getHost() == null) {
      throw new OidcUnreachable("the identity provider's " + name + " is missing or unsafe", null);
    }
    return uri;
  }

  /// The identity token for a code.
  String identityToken(String code, String verifier) throws OidcUnreachable {
    String form =
        form(
            Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                settings.redirect().toString(),
                "client_id",
                settings.clientId(),
                "code_verifier",
                verifier));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoints().token())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    if (!settings.clientSecret().isEmpty()) {
      request.header("Authorization", basic(settings.clientId(), settings.clientSecret()));
    }
    String token = ask(request).path("id_token").asText();
    if (token.isEmpty()) {
      throw new OidcUnreachable("the identity provider gave no id_token", null);
    }
    return token;
  }

  private JsonNode ask(HttpRequest.Builder request) throws OidcUnreachable {
    try {
      HttpResponse<InputStream> response =
          http.send(
              request.timeout(PATIENCE).header("Accept", "application/json").build(),
              HttpResponse.BodyHandlers.ofInputStream());
      return read(response);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OidcUnreachable("the server stops", e);
    } catch (JsonProcessingException e) {
      throw new OidcUnreachable("the identity provider did not answer with JSON", null);
    } catch (IOException e) {
      throw new OidcUnreachable("the identity provider cannot be reached", e);
    }
  }

  private static JsonNode read(HttpResponse<InputStream> response)
      throws IOException, OidcUnreachable {
    try (InputStream body = response.body()) {
      byte[] bytes = body.readNBytes(MOST_BYTES);
      if (response.statusCode() != 200) {
        throw new OidcUnreachable(
            "the identity provider answered " + response.statusCode() + " to " + path(response),
            null);
      }
      return JSON.readTree(bytes);
    }
  }

  private static String path(HttpResponse<?> response) {
    return response.uri().getPath();
  }

  private static String basic(String id, String secret) {
    String pair = encoded(id) + ":" + encoded(secret);
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  static String form(Map<String, String> values) {
    return values.entrySet().stream()
        .map(value -> value.getKey() + "=" + encoded(value.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
