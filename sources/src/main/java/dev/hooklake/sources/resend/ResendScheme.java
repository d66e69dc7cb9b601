package dev.hooklake.sources.resend;

/// How deliveries to a Resend source are signed.
public enum ResendScheme {
  /// Resend's own: the headers `svix-id`, `svix-timestamp`, `svix-signature`.
  SVIX,

  /// What an older guide has: `Resend-Signature: sha256=` and the hex HMAC-SHA256 of the body,
  /// keyed with the secret's text.
  BODY_SHA256,

  /// Not at all; for development only.
  NONE
}
