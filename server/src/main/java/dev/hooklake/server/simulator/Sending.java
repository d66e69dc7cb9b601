package dev.hooklake.server.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// What a message was sent for: a campaign, a broadcast, a newsletter or a transaction. Their ids
/// are few, so that rates for each mean something.
record Sending(Kind kind, int id, int actionId, String subject) {
  enum Kind {
    CAMPAIGN,
    BROADCAST,
    NEWSLETTER,
    TRANSACTIONAL
  }

  private static final List<Sending> ALL =
      List.of(
          new Sending(Kind.CAMPAIGN, 31, 412, "Welcome to Fernwood, %s"),
          new Sending(Kind.CAMPAIGN, 31, 413, "Three things to try, %s"),
          new Sending(Kind.CAMPAIGN, 34, 450, "You left something behind, %s"),
          new Sending(Kind.CAMPAIGN, 36, 471, "We miss you, %s"),
          new Sending(Kind.BROADCAST, 12, 520, "Flash sale tonight"),
          new Sending(Kind.BROADCAST, 14, 533, "Doors open on Friday, %s"),
          new Sending(Kind.NEWSLETTER, 88, 0, "The winter catalogue"),
          new Sending(Kind.NEWSLETTER, 91, 0, "Five recipes for a rainy day"),
          new Sending(Kind.TRANSACTIONAL, 5, 0, "Your receipt"),
          new Sending(Kind.TRANSACTIONAL, 6, 0, "Reset your password, %s"));

  static Sending any(Dice dice) {
    return dice.pick(ALL);
  }

  String subjectFor(Person person) {
    return subject.formatted(person.name());
  }

  void describeIn(ObjectNode data, String journeyId) {
    switch (kind) {
      case CAMPAIGN -> {
        data.put("campaign_id", id);
        data.put("action_id", actionId);
        data.put("journey_id", journeyId);
        data.put("parent_action_id", actionId - 2);
        data.putNull("trigger_event_id");
      }
      case BROADCAST -> {
        data.put("broadcast_id", id);
        data.put("trigger_id", 3);
        data.put("action_id", actionId);
        data.put("journey_id", journeyId);
      }
      case NEWSLETTER -> {
        data.put("newsletter_id", id);
        data.put("content_id", 2 * id + 64);
      }
      case TRANSACTIONAL -> data.put("transactional_message_id", id);
    }
  }
}
