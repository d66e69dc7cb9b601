package dev.hooklake.server.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/// Durations as people type them.
final class Durations {
  private Durations() {}

  /// `500ms`, `30s`, `5m`, `2h`, or ISO 8601 such as `PT1M30S`.
  static Duration parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    try {
      return lower.endsWith("ms")
          ? Duration.ofMillis(Long.parseLong(lower.substring(0, lower.length() - 2)))
          : Duration.parse(lower.startsWith("pt") ? lower : "pt" + lower);
    } catch (DateTimeParseException | NumberFormatException e) {
      throw new TypeConversionException(
          "'" + text + "' is no duration; write 500ms, 30s, 5m or 2h");
    }
  }

  /// For people: `870 ms`, `4.2 s`, `3 min 5 s`.
  static String text(Duration duration) {
    if (duration.toMillis() < 1_000) {
      return duration.toMillis() + " ms";
    }
    if (duration.toMinutes() < 1) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
    }
    return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
  }
}
