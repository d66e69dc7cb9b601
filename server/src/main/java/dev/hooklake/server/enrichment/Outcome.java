package dev.hooklake.server.enrichment;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How a completed lead event ended.
public enum Outcome {
  ENRICHED,
  /// Somebody was found, but a register knew no more of them or did not answer.
  PARTIAL,
  NOBODY_FOUND,
  /// The contacts are those of the last enrichment.
  UNCHANGED,
  /// The last thing that happened to the lead was our own note.
  OWN_NOTE,
  /// A newer event was enriched before.
  OLDER,
  CLOSED,
  /// Nothing by which anybody could be looked up.
  NO_CONTACT,
  /// The CRM sent an action nobody knows.
  OTHER_ACTION,
  /// Enrichment was switched off when the event came.
  ENRICHMENT_OFF;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Outcome> of(String label) {
    return Arrays.stream(values()).filter(outcome -> outcome.label().equals(label)).findFirst();
  }

  /// Whether the contacts need no other look until they change.
  boolean looked() {
    return switch (this) {
      case ENRICHED, PARTIAL, NOBODY_FOUND -> true;
      case UNCHANGED, OWN_NOTE, OLDER, CLOSED, NO_CONTACT, OTHER_ACTION, ENRICHMENT_OFF -> false;
    };
  }
}
