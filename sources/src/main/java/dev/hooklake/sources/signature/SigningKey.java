package dev.hooklake.sources.signature;

import java.util.List;

/// The other side of a [VerifyingKey]: signs as a provider would.
public sealed interface SigningKey permits HmacKey, PrivateSignatureKey {

  /// The signature over the parts, one after the other.
  byte[] sign(List<byte[]> parts);
}
