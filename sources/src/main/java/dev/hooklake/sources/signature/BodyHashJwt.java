package dev.hooklake.sources.signature;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Verification;
import dev.hooklake.sources.Verification.Reason;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Verifies a JSON Web Token (HS256) whose claim `payload_hash` is the SHA-256 of the body, as
/// Vonage sends it in `Authorization: Bearer`.
///
/// The token's own choice of algorithm is only compared, never followed. The claim `iat` bounds how
/// old a delivery may be.
public final class BodyHashJwt implements Verifier {
  static final String HEADER_START = "Bearer ";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_CHARS = 4096;
  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

  private final List<HmacKey> keys;
  private final Duration tolerance;

  public BodyHashJwt(List<Secret> secrets, Duration tolerance) {
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("no signature secret; copy it from the provider's page");
    }
    this.keys = secrets.stream().map(secret -> new HmacKey(HmacAlgorithm.SHA256, secret)).toList();
    this.tolerance = tolerance;
  }

  @Override
  public Verification verify(Delivery delivery) {
    try {
      return check(delivery);
    } catch (Refusal refusal) {
      return refusal.refused();
    }
  }

  private Verification check(Delivery delivery) throws Refusal {
    String[] parts = token(delivery).split("\\.", 4);
    if (parts.length != 3 || !json(parts[0]).path("alg").asText().equals("HS256")) {
      throw new Refusal(
          Reason.SIGNATURE_MALFORMED, "the bearer token is not an HS256 JSON Web Token");
    }
    HmacKey key = matching(parts);
    JsonNode claims = json(parts[1]);
    JsonNode issuedAt = claims.path("iat");
    if (!issuedAt.isIntegralNumber()) {
      throw new Refusal(Reason.TIMESTAMP_MISSING, "the token has no whole number iat");
    }
    SignedTime time = SignedTime.read(issuedAt.asText());
    time.within(tolerance, delivery.receivedAt());
    requireHash(claims.path("payload_hash").asText(), delivery);
    return new Verification.Verified(key.fingerprint(), time.skew(delivery.receivedAt()));
  }

  private static String token(Delivery delivery) throws Refusal {
    Optional<String> header = delivery.headers().single("authorization");
    if (header.isEmpty()) {
      throw new Refusal(Reason.SIGNATURE_MISSING, "one Authorization header is needed");
    }
    String text = header.get();
    if (text.length() > MAX_CHARS
        || !text.regionMatches(true, 0, HEADER_START, 0, HEADER_START.length())) {
      throw new Refusal(
          Reason.SIGNATURE_MALFORMED, "the Authorization header is not a bearer token");
    }
    return text.substring(HEADER_START.length()).strip();
  }

  private HmacKey matching(String[] parts) throws Refusal {
    byte[] signature =
        SignatureEncoding.BASE64URL
            .decode(parts[2])
            .orElseThrow(() ->
                new Refusal(Reason.SIGNATURE_MALFORMED, "the token's signature is not base64url"));
    List<byte[]> content = List.of((parts[0] + "." + parts[1]).getBytes(US_ASCII));
    return keys.stream()
        .filter(key -> key.verifies(signature, content))
        .findFirst()
        .orElseThrow(
            () -> new Refusal(Reason.SIGNATURE_WRONG, "the token was signed with another key"));
  }

  private static void requireHash(String claimed, Delivery delivery) throws Refusal {
    if (!SHA256.matcher(claimed).matches()
        || !MessageDigest.isEqual(
            SignatureEncoding.HEX.read(claimed), Sha256.of(delivery.body().unsafeBytes()))) {
      throw new Refusal(
          Reason.SIGNATURE_WRONG, "the token's payload_hash is not that of this body");
    }
  }

  private static JsonNode json(String base64url) throws Refusal {
    try {
      return JSON.readTree(Base64.getUrlDecoder().decode(base64url));
    } catch (IOException | IllegalArgumentException e) {
      throw new Refusal(Reason.SIGNATURE_MALFORMED, "the bearer token is not a JSON Web Token");
    }
  }
}
