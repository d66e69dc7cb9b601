package dev.hooklake.sources.signature;

import java.security.MessageDigest;
import java.util.List;

/// A shared secret with the hash that it is used with.
public record HmacKey(HmacAlgorithm algorithm, Secret secret) implements VerifyingKey, SigningKey {

  @Override
  public boolean verifies(byte[] signature, List<byte[]> parts) {
    return MessageDigest.isEqual(sign(parts), signature);
  }

  @Override
  public byte[] sign(List<byte[]> parts) {
    return Hmac.of(algorithm, secret, parts);
  }

  @Override
  public String fingerprint() {
    return secret.fingerprint();
  }
}
