package dev.hooklake.sources.signature;

import java.util.List;

/// A key that can tell whether a signature was made with it, or with its private half.
public sealed interface VerifyingKey permits HmacKey, PublicSignatureKey {

  /// Whether `signature` belongs to the parts, one after the other; false for any malformed one.
  boolean verifies(byte[] signature, List<byte[]> parts);

  /// Names the key in logs and metrics without revealing it.
  String fingerprint();
}
