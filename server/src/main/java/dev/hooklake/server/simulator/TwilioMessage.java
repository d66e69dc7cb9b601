package dev.hooklake.server.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hooklake.sources.Payload;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// One message that Twilio carries, to a person or from one, and what Twilio posts about it.
///
/// Callbacks overtake each other now and then, as Twilio says they may; a share of the messages
/// never gets a receipt and stays `sent`.
final class TwilioMessage implements Life {
  static final String INVENTED_ACCOUNT = "AC" + "5e".repeat(16);
  private static final String OUR_NUMBER = "+12025550100";
  private static final String OUR_SERVICE = "MG" + "7a".repeat(16);
  private static final double OVERTAKEN = 0.03;

  private final TwilioKind kind;
  private final Map<String, String> shared;
  private final Deque<Story.Step> ahead;
  private final Instant startedAt;

  private TwilioMessage(
      TwilioKind kind, Map<String, String> shared, Story story, Instant startedAt) {
    this.kind = kind;
    this.shared = shared;
    this.ahead = new ArrayDeque<>(story.steps());
    this.startedAt = startedAt;
  }

  static TwilioMessage begin(Dice dice, String account, Instant now) {
    TwilioKind kind = TwilioKind.any(dice);
    Person person = Person.numbered(dice.between(0, 9_999));
    Story story = kind.tell(dice);
    if (dice.chance(OVERTAKEN)) {
      story.swapSomeNeighbours(dice);
    }
    Map<String, String> shared = addressed(dice, kind, person, account);
    return new TwilioMessage(kind, shared, story, now.minusSeconds(story.lastSecond() + 1));
  }

  private static Map<String, String> addressed(
      Dice dice, TwilioKind kind, Person person, String account) {
    String sid = kind.sidPrefix + dice.hex(32);
    String theirs = kind.addressPrefix + person.phone();
    String ours = kind.addressPrefix + OUR_NUMBER;
    var fields = new LinkedHashMap<String, String>();
    fields.put("SmsSid", sid);
    fields.put("To", kind.inbound ? ours : theirs);
    if (kind.throughService) {
      fields.put("MessagingServiceSid", OUR_SERVICE);
    }
    fields.put("MessageSid", sid);
    fields.put("AccountSid", account);
    fields.put("From", kind.inbound ? theirs : ours);
    fields.put("ApiVersion", "2010-04-01");
    return fields;
  }

  @Override
  public SimulatedEvent tell(Dice dice) {
    Story.Step step = ahead.remove();
    return switch (kind) {
      case EVENT_STREAM -> streamed(dice, step);
      case CALL -> call(dice);
      default -> callback(step);
    };
  }

  @Override
  public boolean ended() {
    return ahead.isEmpty();
  }

  private SimulatedEvent callback(Story.Step step) {
    var fields = new LinkedHashMap<String, String>();
    step.fields()
        .properties()
        .forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
    fields.put("SmsStatus", step.metric());
    if (!kind.inbound) {
      fields.put("MessageStatus", step.metric());
    }
    fields.putAll(shared);
    String error = step.fields().path("ErrorCode").asText();
    String key =
        shared.get("MessageSid") + ":" + step.metric() + (error.isEmpty() ? "" : ":" + error);
    return new SimulatedEvent(key, FormBody.of(fields), kind.table, false);
  }

  /// Event Streams tell the same in JSON, with a time and an id for each event.
  private SimulatedEvent streamed(Dice dice, Story.Step step) {
    String key = "EZ" + dice.hex(32);
    String time = startedAt.plusSeconds(step.second()).toString();
    String type = "com.twilio.messaging.message." + step.metric();
    var events = JsonNodeFactory.instance.arrayNode();
    var event = events.addObject();
    event
        .put("specversion", "1.0")
        .put("type", type)
        .put("source", "/2010-04-01/Accounts/" + shared.get("AccountSid") + "/Messages")
        .put("id", key)
        .put("dataschema", "https://events-schemas.twilio.com/Messaging.MessageStatus/7")
        .put("datacontenttype", "application/json")
        .put("time", time);
    event
        .putObject("data")
        .put("messageSid", shared.get("MessageSid"))
        .put("accountSid", shared.get("AccountSid"))
        .put("timestamp", time)
        .put("from", shared.get("From"))
        .put("to", shared.get("To"))
        .put("messageStatus", step.metric().toUpperCase(Locale.ROOT))
        .put("numberOfSegments", 1);
    return new SimulatedEvent(key, JsonBody.of(events), kind.table, false);
  }

  /// A callback of a phone call, sent to the wrong URL: authentic, and no message.
  private SimulatedEvent call(Dice dice) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("CallSid", "CA" + dice.hex(32));
    fields.put("CallStatus", "completed");
    fields.put("AccountSid", shared.getOrDefault("AccountSid", ""));
    Payload body = FormBody.of(fields);
    return new SimulatedEvent(FormBody.digest(body), body, kind.table, false);
  }
}
