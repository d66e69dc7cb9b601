package dev.hooklake.server.console;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Shows that something about a person is there, not what.
final class Masking {
  static final String HIDDEN = "•••";
  private static final int DIGITS_SHOWN = 4;
  private static final int FEWEST_DIGITS = 8;
  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s<>\"',;:()\\[\\]@]{1,64}@[\\p{Alnum}-]+(\\.[\\p{Alnum}-]+)+");
  private static final Pattern PHONE = Pattern.compile("\\+[0-9]{8,15}");

  private Masking() {}

  /// An address keeps its first letter and its domain, a phone number its last digits.
  static String masked(@Nullable String value) {
    if (value == null || value.isBlank()) {
      return "";
    }
    int at = value.lastIndexOf('@');
    if (at > 0 && value.indexOf('.', at) > at) {
      return value.charAt(0) + HIDDEN + value.substring(at);
    }
    String digits = value.replaceAll("[^0-9]", "");
    return digits.length() >= FEWEST_DIGITS
        ? HIDDEN + digits.substring(digits.length() - DIGITS_SHOWN)
        : HIDDEN;
  }

  /// A text that is about a thing, such as why a server refused an e-mail, but may quote whom it
  /// was for.
  static String quoted(String text) {
    String withoutAddresses =
        ADDRESS.matcher(text).replaceAll(found -> Matcher.quoteReplacement(masked(found.group())));
    return PHONE
        .matcher(withoutAddresses)
        .replaceAll(found -> Matcher.quoteReplacement(masked(found.group())));
  }
}
