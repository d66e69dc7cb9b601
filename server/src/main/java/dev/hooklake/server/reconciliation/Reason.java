package dev.hooklake.server.reconciliation;

import java.util.Locale;

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
  UNEXPLAINED(true),
  WEBHOOK_DISABLED(true),
  MAY_STILL_ARRIVE(false),
  NOT_SUBSCRIBED(false),
  FIRST_ONLY(false);

  private final boolean missing;

  Reason(boolean missing) {
    this.missing = missing;
  }

  public boolean isMissing() {
    return missing;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
