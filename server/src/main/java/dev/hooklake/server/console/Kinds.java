package dev.hooklake.server.console;

import dev.hooklake.server.enrichment.EventStatus;

/// The colour of a word, the same on every page.
public final class Kinds {
  private Kinds() {}

  /// Of what happened to a message.
  public static String ofMetric(String metric) {
    return switch (metric) {
      case "delivered", "converted", "replied", "received", "subscribed" -> "good";
      case "opened", "clicked", "read" -> "info";
      case "bounced",
          "failed",
          "dropped",
          "undelivered",
          "undeliverable",
          "spammed",
          "complained",
          "suppressed" ->
          "bad";
      case "deferred", "delivery_delayed", "unsubscribed" -> "warn";
      default -> "";
    };
  }

  /// Of where a lead event stands.
  static String ofLead(EventStatus status) {
    return switch (status) {
      case RECEIVED -> "";
      case PROCESSING -> "info";
      case COMPLETED -> "good";
      case FAILED -> "bad";
    };
  }

  /// Of what became of an event.
  public static String ofOutcome(String outcome) {
    return switch (outcome) {
      case "landed" -> "good";
      case "in_journal" -> "info";
      case "quarantined", "undetermined" -> "warn";
      default -> "";
    };
  }
}
