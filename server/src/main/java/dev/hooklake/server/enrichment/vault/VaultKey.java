package dev.hooklake.server.enrichment.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// One key of the vault: 32 bytes, from which a key for fingerprints and one for encryption are
/// made. Its id is written beside everything made with it, and tells nothing of it.
public final class VaultKey {
  /// Of an id.
  public static final int ID_CHARS = 8;

  private static final int BYTES = 32;
  private static final String HMAC = "HmacSHA256";

  private final String id;
  private final SecretKeySpec fingerprints;
  private final SecretKeySpec encryption;

  private VaultKey(byte[] key) {
    this.id =
        HexFormat.of()
            .formatHex(hmac(new SecretKeySpec(key, HMAC), "hooklake vault id"), 0, ID_CHARS / 2);
    this.fingerprints =
        new SecretKeySpec(hmac(new SecretKeySpec(key, HMAC), "hooklake vault fingerprints"), HMAC);
    this.encryption =
        new SecretKeySpec(hmac(new SecretKeySpec(key, HMAC), "hooklake vault encryption"), "AES");
  }

  /// Reads a key as `openssl rand -base64 32` writes it.
  public static VaultKey of(String base64) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException e) {
      key = new byte[0];
    }
    if (key.length != BYTES) {
      throw new IllegalArgumentException(
          "a vault key is not 32 bytes in base64; make one with: openssl rand -base64 32");
    }
    return new VaultKey(key);
  }

  public String id() {
    return id;
  }

  byte[] fingerprint(String text) {
    return hmac(fingerprints, text);
  }

  SecretKeySpec encryption() {
    return encryption;
  }

  private static byte[] hmac(SecretKeySpec key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has " + HMAC, e);
    }
  }

  @Override
  public String toString() {
    return "VaultKey[" + id + "]";
  }
}
