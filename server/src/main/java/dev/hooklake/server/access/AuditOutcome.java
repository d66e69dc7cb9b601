package dev.hooklake.server.access;

import java.util.Locale;

/// How something that was written down ended.
public enum AuditOutcome {
  /// It is under way, or the server was stopped in the middle of it.
  UNKNOWN,
  DONE,
  /// Accepted: it goes on by itself, and tells elsewhere how it ends.
  BEGUN,
  /// Turned down: nothing was changed.
  REFUSED,
  /// It broke off; part of it may be done.
  FAILED;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static AuditOutcome of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
