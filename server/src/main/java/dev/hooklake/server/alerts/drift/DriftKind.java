package dev.hooklake.server.alerts.drift;

import java.util.Locale;

/// What may be new.
public enum DriftKind {
  /// No column holds it, so it is in `extra`.
  FIELD("field"),
  /// A field that has a column came in a type that the column does not take.
  TYPE("type of a known field"),
  /// A kind of event.
  METRIC("metric"),
  /// Events that are in quarantine, by reason.
  NOT_UNDERSTOOD("kind of event that is not understood");

  private final String words;

  DriftKind(String words) {
    this.words = words;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// For people, after "a new".
  public String words() {
    return words;
  }

  static DriftKind of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
