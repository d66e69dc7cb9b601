package dev.hooklake.sources.signature;

import java.util.Base64;

/// How Standard Webhooks and Svix write their keys.
///
/// | prefix   | then base64 of                     | used for |
/// |----------|------------------------------------|----------|
/// | `whsec_` | the shared secret (or no prefix)   | `v1`     |
/// | `whpk_`  | 32 bytes, an Ed25519 public key    | `v1a`    |
/// | `whsk_`  | 32-byte seed, then the public key  | signing `v1a` |
final class StandardWebhooksKey {
  private static final String SHARED = "whsec_";
  private static final String PUBLIC = "whpk_";
  private static final String PRIVATE = "whsk_";
  private static final int MIN_BYTES = 16;
  private static final int MAX_BYTES = 128;

  private StandardWebhooksKey() {}

  static VerifyingKey verifying(String text) {
    return text.startsWith(PUBLIC)
        ? PublicSignatureKey.of(PublicKeyAlgorithm.ED25519, text.substring(PUBLIC.length()))
        : shared(text);
  }

  static SigningKey signing(String text) {
    return text.startsWith(PRIVATE)
        ? PrivateSignatureKey.ofEd25519Seed(base64(text.substring(PRIVATE.length())))
        : shared(text);
  }

  private static HmacKey shared(String text) {
    byte[] key = base64(text.startsWith(SHARED) ? text.substring(SHARED.length()) : text);
    if (key.length < MIN_BYTES || key.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a signing secret of " + key.length + " bytes; copy it whole, whsec_ and what follows");
    }
    return new HmacKey(HmacAlgorithm.SHA256, Secret.ofBytes(key));
  }

  private static byte[] base64(String text) {
    try {
      return Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      // Without the cause: its text shows a character of the secret.
      throw new IllegalArgumentException(
          "a signing secret is not base64 after its prefix; copy it whole, whsec_ and what follows");
    }
  }
}
