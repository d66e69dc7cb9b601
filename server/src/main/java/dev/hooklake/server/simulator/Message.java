package dev.hooklake.server.simulator;

import static dev.hooklake.server.simulator.Story.fields;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// One message of Customer.io to one person on its way: the events it still has to give.
final class Message implements Life {
  private final String objectType;
  private final String table;
  private final Person person;
  private final ObjectNode shared;
  private final Deque<Story.Step> ahead;
  private final long startedAt;

  private Message(Kind kind, Person person, ObjectNode shared, Story story, long now) {
    this.objectType = kind.objectType;
    this.table = kind.table;
    this.person = person;
    this.shared = shared;
    this.ahead = new ArrayDeque<>(story.steps());
    // Backdated, so that the whole story is past when it is told and its delays stay lifelike.
    this.startedAt = now - story.lastSecond() - 1;
  }

  /// Begins a message of a kind that the dice choose.
  static Message begin(Dice dice, Instant at) {
    long now = at.getEpochSecond();
    Kind kind = Kind.any(dice);
    Person person = Person.numbered(dice.between(0, 9_999));
    Sending sending = Sending.any(dice);
    Story story = kind.tell(dice, person, sending);
    if (dice.chance(0.01)) {
      story.swapSomeNeighbours(dice);
    }
    return new Message(kind, person, kind.shared(dice, sending, now), story, now);
  }

  @Override
  public SimulatedEvent tell(Dice dice) {
    Story.Step step = ahead.remove();
    long timestamp = startedAt + step.second();
    // The provider makes its ids about a second after the fact.
    String key = dice.ulid(timestamp * 1_000 + dice.between(600, 1_600));
    ObjectNode event = fields();
    event.put("event_id", key);
    event.put("object_type", objectType);
    event.put("metric", step.metric());
    event.put("timestamp", timestamp);
    ObjectNode data = event.putObject("data");
    person.describeIn(data);
    data.setAll(shared);
    data.setAll(step.fields());
    return new SimulatedEvent(key, JsonBody.of(event), table, false);
  }

  @Override
  public boolean ended() {
    return ahead.isEmpty();
  }

  /// Kinds of message and how many in ten thousand are of each.
  private enum Kind {
    EMAIL("email", "email_events", 7_000),
    PUSH("push", "push_events", 1_000),
    SMS("sms", "sms_events", 800),
    IN_APP("in_app", "in_app_events", 500),
    WHATSAPP("whatsapp", "whatsapp_events", 200),
    WEBHOOK("webhook", "webhook_events", 160),
    SLACK("slack", "slack_events", 100),
    CUSTOMER("customer", "customer_events", 200),
    /// A metric we never heard of on a channel we know: landed with what is known.
    UNKNOWN_METRIC("email", "email_events", 20),
    /// A kind of object we never heard of: quarantined.
    UNKNOWN_OBJECT("live_activity", "quarantine", 20);

    final String objectType;
    final String table;
    final int share;

    Kind(String objectType, String table, int share) {
      this.objectType = objectType;
      this.table = table;
      this.share = share;
    }

    static Kind any(Dice dice) {
      return dice.pickByShare(List.of(values()), kind -> kind.share);
    }

    Story tell(Dice dice, Person person, Sending sending) {
      return switch (this) {
        case EMAIL -> EmailStory.tell(dice, person, sending);
        case PUSH -> OtherStories.push(dice, person);
        case SMS -> OtherStories.sms(dice, person);
        case IN_APP -> OtherStories.inApp(dice, person);
        case WHATSAPP -> OtherStories.whatsapp(dice, person);
        case WEBHOOK -> OtherStories.webhook(dice, person);
        case SLACK -> OtherStories.slack(dice);
        case CUSTOMER -> OtherStories.customer(dice, person);
        case UNKNOWN_METRIC -> new Story().then("snoozed", 1, fields().put("until", "monday"));
        case UNKNOWN_OBJECT -> new Story().then("dismissed", 1, fields().put("surface", "lock"));
      };
    }

    /// What every event of one message repeats. A change of preferences has no message behind it.
    ObjectNode shared(Dice dice, Sending sending, long now) {
      ObjectNode shared = fields();
      if (this != CUSTOMER) {
        shared.put("delivery_id", dice.deliveryId());
        sending.describeIn(shared, dice.ulid(now * 1_000));
      }
      return shared;
    }
  }
}
