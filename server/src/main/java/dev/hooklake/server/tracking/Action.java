package dev.hooklake.server.tracking;

import java.util.Optional;

/// What the recipient, or the recipient's server, did in answer; of several the one of the highest
/// rank is kept.
record Action(int rank, String name) {
  static final String COMPLAINT = "spammed";

  /// @param bounceType as the provider names it, empty when it does not
  static Optional<Action> of(String metric, String bounceType) {
    return Optional.ofNullable(
        switch (metric) {
          case "bounced" ->
              new Action(1, bounceType.isEmpty() ? "email_bounced" : "email_bounced_" + bounceType);
          case "clicked" -> new Action(2, "clicked_link");
          case "unsubscribed" -> new Action(3, "unsubscribed");
          case COMPLAINT -> new Action(4, "marked_as_spam");
          default -> null;
        });
  }
}
