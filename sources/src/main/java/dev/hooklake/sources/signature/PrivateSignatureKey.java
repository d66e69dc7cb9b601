package dev.hooklake.sources.signature;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// The private half of a key pair, for whoever plays the provider.
public final class PrivateSignatureKey implements SigningKey {
  private static final int SEED_BYTES = 32;

  /// What stands before the 32 bytes of an Ed25519 seed in its PKCS #8 form.
  private static final byte[] ED25519_PKCS8_START =
      HexFormat.of().parseHex("302e020100300506032b657004220420");

  private final PublicKeyAlgorithm algorithm;
  private final PrivateKey key;

  private PrivateSignatureKey(PublicKeyAlgorithm algorithm, PrivateKey key) {
    this.algorithm = algorithm;
    this.key = key;
  }

  public static PrivateSignatureKey of(PublicKeyAlgorithm algorithm, byte[] pkcs8) {
    try {
      PrivateKey key = algorithm.keys().generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      return new PrivateSignatureKey(algorithm, key);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not the PKCS #8 form of a key for " + algorithm, e);
    }
  }

  /// From the 32-byte seed, or a longer form that begins with it.
  static PrivateSignatureKey ofEd25519Seed(byte[] seed) {
    if (seed.length < SEED_BYTES) {
      throw new IllegalArgumentException("an Ed25519 seed has " + SEED_BYTES + " bytes");
    }
    byte[] pkcs8 = Arrays.copyOf(ED25519_PKCS8_START, ED25519_PKCS8_START.length + SEED_BYTES);
    System.arraycopy(seed, 0, pkcs8, ED25519_PKCS8_START.length, SEED_BYTES);
    return of(PublicKeyAlgorithm.ED25519, pkcs8);
  }

  @Override
  public byte[] sign(List<byte[]> parts) {
    try {
      Signature signature = algorithm.signature();
      signature.initSign(key);
      for (byte[] part : parts) {
        signature.update(part);
      }
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has " + algorithm, e);
    }
  }
}
