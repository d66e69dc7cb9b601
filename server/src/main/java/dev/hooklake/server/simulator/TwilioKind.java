package dev.hooklake.server.simulator;

import static dev.hooklake.server.simulator.Story.fields;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Kinds of things that Twilio posts about, and how many in ten thousand are of each.
enum TwilioKind {
  SMS(4_500, "SM", "", "sms_events", false, false),
  SMS_THROUGH_SERVICE(2_500, "SM", "", "sms_events", true, false),
  MMS(400, "MM", "", "sms_events", false, false),
  WHATSAPP(1_500, "SM", "whatsapp:", "whatsapp_events", false, false),
  EVENT_STREAM(400, "SM", "", "sms_events", true, false),
  INBOUND(560, "SM", "", "sms_events", false, true),
  INBOUND_WHATSAPP(100, "SM", "whatsapp:", "whatsapp_events", false, true),
  /// A status we never heard of: landed as its own metric.
  NEW_STATUS(20, "SM", "", "sms_events", false, false),
  /// No message at all: quarantined.
  CALL(20, "SM", "", "quarantine", false, false);

  private static final List<Failure> UNDELIVERED =
      List.of(
          new Failure("30003", ""),
          new Failure("30005", ""),
          new Failure("30006", ""),
          new Failure("30007", "Message filtered"),
          new Failure("30008", ""));
  private static final List<Failure> FAILED =
      List.of(new Failure("21610", ""), new Failure("30034", ""), new Failure("30001", ""));
  private static final List<Failure> OF_CHANNEL =
      List.of(
          new Failure("63016", "Outside the window, use a template"),
          new Failure("63024", "Invalid recipient"),
          new Failure("63049", "Not delivered to keep people engaged"));

  final int share;
  final String sidPrefix;
  final String addressPrefix;
  final String table;
  final boolean throughService;
  final boolean inbound;

  TwilioKind(
      int share,
      String sidPrefix,
      String addressPrefix,
      String table,
      boolean throughService,
      boolean inbound) {
    this.share = share;
    this.sidPrefix = sidPrefix;
    this.addressPrefix = addressPrefix;
    this.table = table;
    this.throughService = throughService;
    this.inbound = inbound;
  }

  static TwilioKind any(Dice dice) {
    return dice.pickByShare(List.of(values()), kind -> kind.share);
  }

  Story tell(Dice dice) {
    return switch (this) {
      case SMS, MMS, EVENT_STREAM -> outbound(dice, new Story());
      case SMS_THROUGH_SERVICE -> outbound(dice, new Story().then("queued", 1, fields()));
      case WHATSAPP -> whatsapp(dice);
      case INBOUND, INBOUND_WHATSAPP -> inbound(dice);
      case NEW_STATUS -> new Story().then("paused", 1, fields());
      case CALL -> new Story().then("completed", 1, fields());
    };
  }

  private static Story outbound(Dice dice, Story story) {
    if (dice.chance(0.02)) {
      return story.then("failed", 1, dice.pick(FAILED).fields());
    }
    story.then("sent", dice.between(1, 5), fields());
    if (dice.chance(0.05)) {
      return story.then("undelivered", dice.between(1, 60), dice.pick(UNDELIVERED).fields());
    }
    return dice.chance(0.08) ? story : story.then("delivered", dice.between(1, 30), fields());
  }

  private static Story whatsapp(Dice dice) {
    var story = new Story().then("sent", dice.between(1, 5), fields());
    if (dice.chance(0.04)) {
      return story.then("undelivered", 2, dice.pick(OF_CHANNEL).fields());
    }
    story.then("delivered", dice.between(1, 10), fields().put("EventType", "DELIVERED"));
    return dice.chance(0.6)
        ? story.then("read", dice.between(5, 3_600), fields().put("EventType", "READ"))
        : story;
  }

  private static Story inbound(Dice dice) {
    ObjectNode said = fields().put("NumMedia", "0").put("NumSegments", "1");
    if (dice.chance(0.2)) {
      said.put("Body", "STOP").put("OptOutType", "STOP");
    } else {
      said.put("Body", dice.pick(List.of("Yes, see you at 5 & thanks", "Olá! 🔑", "")));
    }
    return new Story().then("received", 0, said);
  }

  private record Failure(String code, String message) {
    ObjectNode fields() {
      ObjectNode fields = Story.fields().put("ErrorCode", code);
      return message.isEmpty() ? fields : fields.put("ErrorMessage", message);
    }
  }
}
