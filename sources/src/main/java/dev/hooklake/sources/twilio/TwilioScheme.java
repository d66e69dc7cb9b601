package dev.hooklake.sources.twilio;

/// How deliveries to a Twilio source are signed.
public enum TwilioScheme {
  /// Twilio's own: HMAC-SHA1 over the URL and the form.
  TWILIO,

  /// What an older guide has: `X-Twilio-Signature: sha256=` and the hex HMAC-SHA256 of the body.
  BODY_SHA256,

  /// Not at all; for development only.
  NONE
}
