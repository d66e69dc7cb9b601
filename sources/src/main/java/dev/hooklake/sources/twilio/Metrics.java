package dev.hooklake.sources.twilio;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Twilio's message statuses in our words. The set is open: a status we do not know is its own
/// word.
///
/// | status        | metric     |                                              |
/// |---------------|------------|----------------------------------------------|
/// | `read`        | `opened`   | the word of every other channel              |
/// | `receiving`   | `received` | both say that a person wrote                 |
/// | anything else | the same   | lower case, as callbacks and the API have it |
final class Metrics {
  private static final Pattern WORD = Pattern.compile("[a-z][a-z_]{0,39}");

  private Metrics() {}

  /// The status in lower case, as callbacks have it and Event Streams do not; empty when the text
  /// cannot be one.
  static Optional<String> status(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    return WORD.matcher(word).matches() ? Optional.of(word) : Optional.empty();
  }

  static Optional<String> of(String status) {
    return status(status)
        .map(word ->
            switch (word) {
              case "read" -> "opened";
              case "receiving" -> "received";
              default -> word;
            });
  }
}
