package dev.hooklake.server.simulator;

import static dev.hooklake.server.simulator.Story.fields;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// The lives of messages on the channels beside email, and of people's preferences.
final class OtherStories {
  private OtherStories() {}

  static Story push(Dice dice, Person person) {
    var story = new Story();
    if (dice.chance(0.03)) {
      return story.then("attempted", 1, fields().put("failure_message", "NoDevicesSynced"));
    }
    story.then("sent", dice.between(1, 5), device(person));
    if (dice.chance(0.02)) {
      ObjectNode failed = device(person);
      ((ObjectNode) failed.withArray("recipients").get(0)).put("failure_message", "Unregistered");
      return story.then("bounced", 1, failed);
    }
    story.then("delivered", dice.between(1, 10), device(person));
    if (dice.chance(0.12)) {
      story.then("opened", dice.between(5, 3_600), device(person));
    }
    if (dice.chance(0.05)) {
      story.then(
          "clicked",
          dice.between(1, 30),
          device(person).put("href", "fernwood://offers").put("link_id", 9));
    }
    return story;
  }

  private static ObjectNode device(Person person) {
    ObjectNode fields = fields();
    fields
        .putArray("recipients")
        .addObject()
        .put("device_id", person.deviceId())
        .put("device_platform", person.devicePlatform());
    return fields;
  }

  static Story sms(Dice dice, Person person) {
    var story = new Story();
    story.then("sent", dice.between(1, 5), to(person.phone()));
    if (dice.chance(0.04)) {
      return story.then(
          "bounced",
          dice.between(1, 30),
          to(person.phone()).put("failure_message", "Unreachable destination handset"));
    }
    story.then("delivered", dice.between(1, 30), to(person.phone()));
    if (dice.chance(0.08)) {
      story.then("clicked", dice.between(10, 3_600), link(person.phone(), "/s"));
    }
    if (dice.chance(0.02)) {
      story.then("replied", dice.between(30, 3_600), reply(dice, person));
    }
    return story;
  }

  static Story whatsapp(Dice dice, Person person) {
    var story = new Story();
    story.then("sent", dice.between(1, 5), to(person.phone()));
    if (dice.chance(0.03)) {
      return story.then(
          "bounced", 2, to(person.phone()).put("failure_message", "Number is not on WhatsApp"));
    }
    story.then("delivered", dice.between(1, 10), to(person.phone()));
    if (dice.chance(0.6)) {
      story.then("opened", dice.between(5, 3_600), to(person.phone()));
    }
    if (dice.chance(0.05)) {
      story.then("replied", dice.between(30, 600), reply(dice, person));
    }
    return story;
  }

  private static ObjectNode reply(Dice dice, Person person) {
    return to(person.phone())
        .put("to", "+12025550199")
        .put("inbound_event_id", "inbound-" + dice.between(1, 1_000_000));
  }

  static Story inApp(Dice dice, Person person) {
    var story = new Story();
    story.then("sent", 1, to(person.id()));
    if (dice.chance(0.4)) {
      story.then("opened", dice.between(10, 7_200), fields());
    }
    if (dice.chance(0.1)) {
      story.then(
          "clicked",
          dice.between(1, 60),
          link(person.id(), "/tour").put("tracked_response", "next"));
    }
    return story;
  }

  static Story slack(Dice dice) {
    var story = new Story();
    if (dice.chance(0.05)) {
      return story.then("failed", 1, fields().put("failure_message", "channel_not_found"));
    }
    return story.then("sent", 1, to("#signups").put("content", "New signup"));
  }

  static Story webhook(Dice dice, Person person) {
    var story = new Story();
    if (dice.chance(0.05)) {
      return story.then("failed", 1, fields().put("failure_message", "HTTP 404 Not Found"));
    }
    return story.then(
        "sent",
        1,
        to("https://hooks.fernwood.example/crm/upsert")
            .put("content", "{\"person\":\"" + person.id() + "\"}"));
  }

  static Story customer(Dice dice, Person person) {
    ObjectNode address = fields().put("email_address", person.email());
    if (dice.chance(0.3)) {
      return new Story()
          .then(
              "cio_subscription_preferences_changed",
              0,
              address.put("content", "{\"topics\":{\"topic_1\":true,\"topic_4\":false}}"));
    }
    return new Story().then(dice.chance(0.6) ? "unsubscribed" : "subscribed", 0, address);
  }

  private static ObjectNode to(String recipient) {
    return fields().put("recipient", recipient);
  }

  private static ObjectNode link(String recipient, String path) {
    return to(recipient).put("href", "https://fernwood.example" + path).put("link_id", 4);
  }
}
