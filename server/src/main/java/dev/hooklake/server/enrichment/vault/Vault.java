package dev.hooklake.server.enrichment.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/// Fingerprints and seals values under the first of its keys, and still reads what was made under
/// the others.
///
/// | form        | text                                                                      |
/// |-------------|---------------------------------------------------------------------------|
/// | fingerprint | key id, `:`, HMAC-SHA256 in hex: equal values can be found, none guessed  |
/// | sealed      | key id, `:`, base64 of 12 random bytes and the AES-256-GCM of the value   |
public final class Vault {
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final List<VaultKey> keys;
  private final SecureRandom random;

  /// A vault with these keys.
  ///
  /// @param keys the current one first, then those that older rows may still need
  public Vault(List<VaultKey> keys, SecureRandom random) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(
          "the vault has no key; make one with: openssl rand -base64 32");
    }
    this.keys = List.copyOf(keys);
    this.random = random;
  }

  /// The fingerprint under the current key.
  public String fingerprint(String value) {
    return fingerprint(current(), value);
  }

  /// The fingerprints under every key: what to look for while older rows exist.
  public List<String> fingerprints(String value) {
    return keys.stream().map(key -> fingerprint(key, value)).toList();
  }

  /// Whether something was made under one of its keys, by what it begins with.
  public boolean knows(String made) {
    return key(keyId(made)).isPresent();
  }

  /// Whether a stored fingerprint is that of this value.
  public boolean matches(String fingerprint, String value) {
    return fingerprints(value).contains(fingerprint);
  }

  public String seal(String value) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = crypt(Cipher.ENCRYPT_MODE, current(), nonce, value.getBytes(UTF_8));
    byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
    System.arraycopy(sealed, 0, both, NONCE_BYTES, sealed.length);
    return current().id() + ":" + Base64.getEncoder().encodeToString(both);
  }

  /// The value; fails when its key is not among ours.
  public String open(String sealed) {
    String id = keyId(sealed);
    VaultKey key =
        key(id)
            .orElseThrow(() ->
                new IllegalStateException(
                    "a sealed value needs the vault key "
                        + id
                        + ", which is not configured; add it behind the current one"));
    byte[] both = Base64.getDecoder().decode(sealed.substring(id.length() + 1));
    byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
    byte[] rest = Arrays.copyOfRange(both, NONCE_BYTES, both.length);
    return new String(crypt(Cipher.DECRYPT_MODE, key, nonce, rest), UTF_8);
  }

  /// What everything made under the current key begins with.
  public String currentPrefix() {
    return current().id() + ":";
  }

  private VaultKey current() {
    return keys.getFirst();
  }

  private Optional<VaultKey> key(String id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }

  private static String keyId(String made) {
    return made.substring(0, Math.max(0, made.indexOf(':')));
  }

  private static String fingerprint(VaultKey key, String value) {
    return key.id() + ":" + HexFormat.of().formatHex(key.fingerprint(value));
  }

  private static byte[] crypt(int mode, VaultKey key, byte[] nonce, byte[] bytes) {
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(mode, key.encryption(), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(key.id().getBytes(UTF_8));
      return cipher.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "a sealed value cannot be opened: it was changed, or sealed under another key", e);
    }
  }
}
