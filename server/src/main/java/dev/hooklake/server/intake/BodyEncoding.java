package dev.hooklake.server.intake;

import java.util.List;
import java.util.Locale;

/// How a body travelled.
enum BodyEncoding {
  PLAIN,
  GZIP,
  UNSUPPORTED;

  /// Of the values of `Content-Encoding`; more than one encoding on top of another is unsupported.
  static BodyEncoding of(List<String> values) {
    if (values.isEmpty()) {
      return PLAIN;
    }
    if (values.size() > 1) {
      return UNSUPPORTED;
    }
    return switch (values.getFirst().strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> PLAIN;
      case "gzip", "x-gzip" -> GZIP;
      default -> UNSUPPORTED;
    };
  }
}
