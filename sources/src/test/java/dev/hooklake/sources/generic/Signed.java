package dev.hooklake.sources.generic;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs by each provider's documentation, with nothing of what is tested.
final class Signed {
  static final Instant NOW = Instant.parse("2026-10-28T09:00:00Z");
  static final String JSON = "application/json";
  static final String FORM = "application/x-www-form-urlencoded";

  private Signed() {}

  static String hex(String algorithm, String key, String content) {
    return HexFormat.of().formatHex(hmac(algorithm, key, content));
  }

  static String base64(String algorithm, String key, String content) {
    return Base64.getEncoder().encodeToString(hmac(algorithm, key, content));
  }

  static String ecdsa(PrivateKey key, String content) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    signature.update(content.getBytes(UTF_8));
    return Base64.getEncoder().encodeToString(signature.sign());
  }

  static Delivery delivery(String contentType, String body, String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = "Content-Type";
    all[1] = contentType;
    System.arraycopy(headers, 0, all, 2, headers.length);
    return new Delivery("/hooks/it", "", Headers.of(all), Payload.of(body), NOW);
  }

  private static byte[] hmac(String algorithm, String key, String content) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key.getBytes(UTF_8), algorithm));
      return mac.doFinal(content.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
