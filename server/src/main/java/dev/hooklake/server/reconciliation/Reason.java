package dev.hooklake.server.reconciliation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Why an event that the provider shows is not here.
///
/// | reason           | what it means                                              | missing? |
/// |------------------|------------------------------------------------------------|----------|
/// | UNEXPLAINED      | it should have come                                        | yes      |
/// | WEBHOOK_DISABLED | it happened while the webhook was seen switched off        | yes      |
/// | MAY_STILL_ARRIVE | it happened so recently that it may be under way           | no       |
/// | NOT_SUBSCRIBED   | the webhook was not seen to be subscribed to it            | no       |
/// | FIRST_ONLY       | the webhook sent a delivery's first open and click only    | no       |
///
/// Only what is missing counts against completeness and is fetched by a backfill.
public enum Reason {
  UNEXPLAINED(true, "it should have come"),
  WEBHOOK_DISABLED(true, "it happened while the webhook was seen switched off"),
  MAY_STILL_ARRIVE(false, "it happened so recently that it may be under way"),
  NOT_SUBSCRIBED(false, "the webhook was not seen to be subscribed to it"),
  FIRST_ONLY(false, "the webhook sent a delivery's first open and click only");

  private final boolean missing;
  private final String meaning;

  Reason(boolean missing, String meaning) {
    this.missing = missing;
    this.meaning = meaning;
  }

  public static Optional<Reason> of(String label) {
    return Arrays.stream(values()).filter(reason -> reason.label().equals(label)).findFirst();
  }

  public boolean isMissing() {
    return missing;
  }

  /// For people, in a sentence's end.
  public String meaning() {
    return meaning;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
