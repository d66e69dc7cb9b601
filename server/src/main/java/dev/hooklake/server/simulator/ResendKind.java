package dev.hooklake.server.simulator;

import static dev.hooklake.server.simulator.Story.fields;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Kinds of things that Resend posts about, and how many in ten thousand are of each.
enum ResendKind {
  EMAIL(9_500, "email_events"),
  CONTACT(350, "customer_events"),
  SUPPRESSION(110, "customer_events"),
  /// A type we never heard of, about an email: landed as its own metric.
  NEW_TYPE(20, "email_events"),
  /// A family of types we never heard of: quarantined.
  AUTOMATION(20, "quarantine");

  private static final List<String> LINKS =
      List.of("https://fernwood.example/start", "https://fernwood.example/sale");

  final int share;
  final String table;

  ResendKind(int share, String table) {
    this.share = share;
    this.table = table;
  }

  Story tell(Dice dice) {
    return switch (this) {
      case EMAIL -> email(dice);
      case CONTACT ->
          new Story().then(dice.chance(0.5) ? "contact.created" : "contact.updated", 0, fields());
      case SUPPRESSION -> new Story().then("suppression.added", 0, fields());
      case NEW_TYPE -> new Story().then("email.postponed", 1, fields());
      case AUTOMATION -> new Story().then("automation.started", 1, fields());
    };
  }

  private static Story email(Dice dice) {
    var story = new Story();
    if (dice.chance(0.01)) {
      return story.then("email.suppressed", 1, suppressed());
    }
    if (dice.chance(0.005)) {
      return story.then("email.failed", 1, failed());
    }
    if (dice.chance(0.05)) {
      story.then("email.scheduled", 0, fields());
    }
    story.then("email.sent", dice.between(1, 20), fields());
    if (dice.chance(0.02)) {
      story.then("email.delivery_delayed", dice.between(5, 60), fields());
    }
    if (dice.chance(0.025)) {
      return story.then("email.bounced", dice.between(1, 30), bounced(dice));
    }
    story.then("email.delivered", dice.between(1, 30), fields());
    return arrived(dice, story);
  }

  private static Story arrived(Dice dice, Story story) {
    if (dice.chance(0.04)) {
      story.then("email.clicked", dice.between(1, 5), clicked(dice, "link-scanner/2.1"));
    }
    if (dice.chance(0.18)) {
      story.then("email.opened", dice.between(1, 5), fields());
    }
    if (dice.chance(0.24)) {
      story.then("email.opened", dice.between(60, 7_200), fields());
      if (dice.chance(0.2)) {
        story.then("email.clicked", dice.between(5, 90), clicked(dice, "Mozilla/5.0"));
      }
    }
    return dice.chance(0.002)
        ? story.then("email.complained", dice.between(5, 600), fields())
        : story;
  }

  private static ObjectNode suppressed() {
    ObjectNode fields = fields();
    fields
        .putObject("suppressed")
        .put("message", "The address is on the suppression list")
        .put("type", "OnAccountSuppressionList");
    return fields;
  }

  private static ObjectNode failed() {
    ObjectNode fields = fields();
    fields.putObject("failed").put("reason", "reached_daily_quota");
    return fields;
  }

  private static ObjectNode bounced(Dice dice) {
    boolean permanent = dice.chance(0.7);
    ObjectNode fields = fields();
    fields
        .putObject("bounce")
        .put("message", permanent ? "550 5.1.1 no such mailbox" : "452 4.2.2 mailbox full")
        .put("type", permanent ? "Permanent" : "Transient")
        .put("subType", permanent ? "NoEmail" : "MailboxFull");
    return fields;
  }

  private static ObjectNode clicked(Dice dice, String userAgent) {
    ObjectNode fields = fields();
    fields
        .putObject("click")
        .put("ipAddress", "192.0.2." + dice.between(1, 254))
        .put("link", dice.pick(LINKS))
        .put("userAgent", userAgent);
    return fields;
  }
}
