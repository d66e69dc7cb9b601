package dev.hooklake.server.simulator;

import dev.hooklake.sources.Payload;
import dev.hooklake.sources.twilio.TwilioSigner;

/// Twilio posts forms, and JSON for Event Streams; of JSON it signs the hash, which it adds to the
/// URL.
final class TwilioSigning {
  private TwilioSigning() {}

  static Signed sign(TwilioSigner signer, Payload body, String url) {
    String text = body.utf8();
    boolean json = text.startsWith("{") || text.startsWith("[");
    if (!json) {
      return new Signed("", signer.signForm(url, body));
    }
    String called = TwilioSigner.urlOfJson(url, body);
    return new Signed(called.substring(url.length() + 1), signer.signJson(called));
  }
}
