package dev.hooklake.server.console;

import java.util.Locale;
import java.util.Set;

/// Names of fields whose values say nothing about a person. Whatever is not named here is masked,
/// so a field that a provider adds tomorrow is, too.
final class Harmless {
  private static final Set<String> NAMES =
      Set.of(
          "event_id",
          "event_key",
          "id_type",
          "object_type",
          "metric",
          "type",
          "event",
          "action",
          "hook_action",
          "status",
          "direction",
          "source",
          "origin",
          "channel",
          "delivery_id",
          "campaign_id",
          "broadcast_id",
          "newsletter_id",
          "transactional_message_id",
          "action_id",
          "parent_action_id",
          "journey_id",
          "trigger_id",
          "trigger_event_id",
          "content_id",
          "link_id",
          "cio_id",
          "bounce_type",
          "bounce_subtype",
          "error_code",
          "errorcode",
          "error_message",
          "failure_message",
          "messagesid",
          "smssid",
          "messagestatus",
          "smsstatus",
          "apiversion",
          "api_version",
          "segments",
          "numsegments",
          "nummedia",
          "price_currency",
          "timestamp",
          "email_id",
          "broadcast",
          "opt_out",
          "lead_status",
          "funnel_status");

  private Harmless() {}

  static boolean name(String field) {
    String plain = field.toLowerCase(Locale.ROOT);
    return NAMES.contains(plain)
        || plain.endsWith("_at")
        || plain.endsWith("_date")
        || plain.endsWith("timestamp");
  }

  /// Numbers up to six digits count things; longer ones may be somebody's.
  static boolean number(String field, String text) {
    return name(field) || text.replaceAll("[^0-9]", "").length() <= 6;
  }
}
