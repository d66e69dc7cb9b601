package dev.hooklake.server.enrichment;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The steps of an enrichment, in their order.
public enum StepName {
  /// Who the lead says they are, and whether that is new.
  CONTACTS,
  CPF_IN_TEXT,
  FIND_BY_PHONE,
  FIND_BY_EMAIL,
  DECIDE,
  ENRICH_FIRST,
  ENRICH_SECOND,
  NOTE;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<StepName> of(String label) {
    return Arrays.stream(values()).filter(step -> step.label().equals(label)).findFirst();
  }

  /// Whether the enrichment goes on without it when all its attempts fail.
  boolean dispensable() {
    return switch (this) {
      case FIND_BY_PHONE, FIND_BY_EMAIL, ENRICH_FIRST, ENRICH_SECOND -> true;
      case CONTACTS, CPF_IN_TEXT, DECIDE, NOTE -> false;
    };
  }
}
