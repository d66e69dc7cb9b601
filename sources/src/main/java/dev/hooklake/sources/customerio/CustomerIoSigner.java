package dev.hooklake.sources.customerio;

import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.signature.Secret;
import java.time.Instant;
import java.util.HexFormat;

/// Signs as Customer.io does, for whoever plays the provider.
public final class CustomerIoSigner {
  private final Secret secret;

  public CustomerIoSigner(Secret secret) {
    this.secret = secret;
  }

  /// The headers Customer.io would send with this body at this time.
  public Headers sign(Payload body, Instant sentAt) {
    String timestamp = Long.toString(sentAt.getEpochSecond());
    byte[] signature = CustomerIoSignature.of(secret, timestamp, body);
    return Headers.of(
        "content-type",
        "application/json",
        CustomerIoSignature.TIMESTAMP_HEADER,
        timestamp,
        CustomerIoSignature.SIGNATURE_HEADER,
        HexFormat.of().formatHex(signature));
  }
}
