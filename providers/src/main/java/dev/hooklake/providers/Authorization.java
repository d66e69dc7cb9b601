package dev.hooklake.providers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/// What opens a provider's API; cannot be printed.
public final class Authorization {
  private final String header;

  private Authorization(String header) {
    this.header = header;
  }

  public static Authorization bearer(String key) {
    return new Authorization("Bearer " + usable(key));
  }

  public static Authorization basic(String user, String password) {
    String pair = usable(user) + ":" + usable(password);
    return new Authorization("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
  }

  String header() {
    return header;
  }

  @Override
  public String toString() {
    return "Authorization[hidden]";
  }

  /// Without the text in the message: it is a secret, if perhaps with a line feed at its end.
  private static String usable(String text) {
    if (text.isBlank() || !text.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw new IllegalArgumentException(
          "an API key is blank or holds blanks, line feeds or other than ASCII; copy it whole");
    }
    return text;
  }
}
