package dev.hooklake.server.tracking;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The form in which recipients are compared: `whatsapp:+1 (415) 555-0142` and `+14155550142` are
/// one, and so are `Dana <Dana@x.example>` and `dana@x.example`.
final class Recipient {
  private static final Pattern PHONE = Pattern.compile("\\(?\\+?[0-9][0-9 ().-]{4,}");
  private static final Pattern PHONE_PUNCTUATION = Pattern.compile("[ ().-]");
  private static final Pattern CHANNEL_PREFIX = Pattern.compile("[a-z]{2,20}:(?=\\+)");

  private Recipient() {}

  static @Nullable String key(@Nullable String recipient) {
    if (recipient == null || recipient.isBlank()) {
      return null;
    }
    String text = recipient.strip().toLowerCase(Locale.ROOT);
    int open = text.lastIndexOf('<');
    if (open >= 0 && text.endsWith(">")) {
      text = text.substring(open + 1, text.length() - 1).strip();
    }
    text = CHANNEL_PREFIX.matcher(text).replaceFirst("");
    return PHONE.matcher(text).matches() ? PHONE_PUNCTUATION.matcher(text).replaceAll("") : text;
  }
}
