package dev.hooklake.sources.signature;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import java.time.Instant;
import java.util.List;

/// Signs as [BodyHashJwt] expects it, for whoever plays the provider.
public final class BodyHashJwtSigner {
  private static final String HEADER = encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");

  private final HmacKey key;

  public BodyHashJwtSigner(Secret secret) {
    this.key = new HmacKey(HmacAlgorithm.SHA256, secret);
  }

  /// The headers that go with this body, sent at this time.
  public Headers sign(Payload body, Instant sentAt) {
    String hash = Sha256.hex(body.unsafeBytes());
    String claims = "{\"iat\":" + sentAt.getEpochSecond() + ",\"payload_hash\":\"" + hash + "\"}";
    String content = HEADER + "." + encoded(claims);
    byte[] signature = key.sign(List.of(content.getBytes(US_ASCII)));
    return Headers.of(
        "content-type",
        "application/json",
        "authorization",
        BodyHashJwt.HEADER_START + content + "." + SignatureEncoding.BASE64URL.encode(signature));
  }

  private static String encoded(String json) {
    return SignatureEncoding.BASE64URL.encode(json.getBytes(UTF_8));
  }
}
