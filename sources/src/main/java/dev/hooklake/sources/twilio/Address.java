package dev.hooklake.sources.twilio;

import dev.hooklake.sources.event.Channel;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A sender or recipient as Twilio writes it: `+14155550142`, `whatsapp:+351910555017`,
/// `rcs:acme_agent`.
record Address(String channel, String value) {

  static Address of(String text) {
    int colon = text.indexOf(':');
    return colon < 1
        ? new Address("", text)
        : new Address(text.substring(0, colon).toLowerCase(Locale.ROOT), text.substring(colon + 1));
  }

  /// The channel whose table takes messages of this kind: WhatsApp has one; everything else that
  /// Twilio carries is a kind of text message.
  Channel table() {
    return channel.equals("whatsapp") ? Channel.WHATSAPP : Channel.SMS;
  }

  @Nullable String orNull() {
    return value.isEmpty() ? null : value;
  }
}
