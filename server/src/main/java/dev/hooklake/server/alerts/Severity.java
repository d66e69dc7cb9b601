package dev.hooklake.server.alerts;

import java.util.Locale;

/// How soon somebody should look; in rising order.
public enum Severity {
  WARNING,
  CRITICAL;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Severity of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
