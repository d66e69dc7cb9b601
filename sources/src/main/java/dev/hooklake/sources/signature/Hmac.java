package dev.hooklake.sources.signature;

import java.util.List;
import javax.crypto.Mac;

/// Keyed digests of messages.
public final class Hmac {

  private Hmac() {}

  /// HMAC-SHA256 over the parts, one after the other.
  public static byte[] sha256(Secret secret, byte[]... parts) {
    return of(HmacAlgorithm.SHA256, secret, List.of(parts));
  }

  /// The HMAC over the parts, one after the other.
  public static byte[] of(HmacAlgorithm algorithm, Secret secret, List<byte[]> parts) {
    Mac mac = secret.mac(algorithm);
    for (byte[] part : parts) {
      mac.update(part);
    }
    return mac.doFinal();
  }
}
