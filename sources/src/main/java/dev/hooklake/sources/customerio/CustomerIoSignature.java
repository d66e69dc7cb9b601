package dev.hooklake.sources.customerio;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hooklake.sources.Payload;
import dev.hooklake.sources.signature.Hmac;
import dev.hooklake.sources.signature.Secret;

/// The signature's arithmetic: HMAC-SHA256 over `v0:<timestamp header>:<body>`.
final class CustomerIoSignature {
  static final String TIMESTAMP_HEADER = "x-cio-timestamp";
  static final String SIGNATURE_HEADER = "x-cio-signature";

  private CustomerIoSignature() {}

  /// Takes the header's text as it came: a number read and printed again may differ.
  static byte[] of(Secret secret, String timestamp, Payload body) {
    return Hmac.sha256(secret, ("v0:" + timestamp + ":").getBytes(UTF_8), body.unsafeBytes());
  }

  static byte[] ofBodyOnly(Secret secret, Payload body) {
    return Hmac.sha256(secret, body.unsafeBytes());
  }
}
