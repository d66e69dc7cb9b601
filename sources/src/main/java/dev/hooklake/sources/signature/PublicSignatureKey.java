package dev.hooklake.sources.signature;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// The public half of a provider's key pair.
public final class PublicSignatureKey implements VerifyingKey {
  static final int ED25519_BYTES = 32;

  /// What stands before the 32 bytes of an Ed25519 key in its X.509 form.
  private static final byte[] ED25519_X509_START =
      HexFormat.of().parseHex("302a300506032b6570032100");

  private final PublicKeyAlgorithm algorithm;
  private final PublicKey key;
  private final String fingerprint;

  private PublicSignatureKey(PublicKeyAlgorithm algorithm, byte[] x509)
      throws GeneralSecurityException {
    this.algorithm = algorithm;
    this.key = algorithm.keys().generatePublic(new X509EncodedKeySpec(x509));
    this.fingerprint = Secret.ofBytes(x509).fingerprint();
  }

  /// The key as providers show it: base64 (or hex, for Ed25519) of the X.509 form or, for Ed25519,
  /// of the bare 32 bytes.
  public static PublicSignatureKey of(PublicKeyAlgorithm algorithm, String text) {
    try {
      var key = new PublicSignatureKey(algorithm, x509(algorithm, bytes(text.strip())));
      if (key.key instanceof ECPublicKey ec && ec.getParams().getOrder().bitLength() != 256) {
        throw new IllegalArgumentException("the public key is not on the curve P-256");
      }
      return key;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "the public key is no " + algorithm + " key; copy its base64 text whole", e);
    }
  }

  @Override
  public boolean verifies(byte[] signature, List<byte[]> parts) {
    try {
      Signature verification = algorithm.signature();
      verification.initVerify(key);
      for (byte[] part : parts) {
        verification.update(part);
      }
      return verification.verify(signature);
    } catch (SignatureException e) {
      return false; // not the shape of a signature
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has " + algorithm, e);
    }
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  private static byte[] bytes(String text) {
    boolean hex = text.length() == 2 * ED25519_BYTES && text.matches("[0-9a-fA-F]+");
    try {
      return hex ? HexFormat.of().parseHex(text) : Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a public key is not base64; copy its text whole", e);
    }
  }

  private static byte[] x509(PublicKeyAlgorithm algorithm, byte[] bytes) {
    if (algorithm != PublicKeyAlgorithm.ED25519 || bytes.length != ED25519_BYTES) {
      return bytes;
    }
    byte[] x509 = Arrays.copyOf(ED25519_X509_START, ED25519_X509_START.length + ED25519_BYTES);
    System.arraycopy(bytes, 0, x509, ED25519_X509_START.length, ED25519_BYTES);
    return x509;
  }
}
