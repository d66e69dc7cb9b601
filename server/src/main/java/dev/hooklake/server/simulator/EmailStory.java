package dev.hooklake.server.simulator;

import static dev.hooklake.server.simulator.Story.fields;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// The life of one email: most arrive, a third is opened (half of those by machines), few are
/// clicked, and a small share goes wrong in each of the ways there are.
final class EmailStory {
  private static final List<String> BOUNCES =
      List.of(
          "550 5.1.1 mailbox does not exist",
          "552 5.2.2 mailbox full",
          "550 5.7.1 message rejected by policy",
          "554 5.4.14 domain not found");
  private static final List<String> LINKS =
      List.of(
          "https://fernwood.example/start?utm_source=cio&step=1",
          "https://fernwood.example/sale?utm_medium=email",
          "https://fernwood.example/account");

  private final Dice dice;
  private final Person person;
  private final String subject;
  private final Story story = new Story();

  private EmailStory(Dice dice, Person person, Sending sending) {
    this.dice = dice;
    this.person = person;
    this.subject = sending.subjectFor(person);
  }

  static Story tell(Dice dice, Person person, Sending sending) {
    var email = new EmailStory(dice, person, sending);
    email.send();
    return email.story;
  }

  private void send() {
    if (dice.chance(0.01)) {
      story.then("drafted", 0, addressed());
    }
    if (dice.chance(0.012)) {
      story.then("dropped", 1, failed("Address is on the bounce suppression list"));
      return;
    }
    if (dice.chance(0.004)) {
      story.then("undeliverable", 1, failed("Message limit reached"));
      return;
    }
    if (dice.chance(0.005)) {
      story.then("attempted", 1, fields().put("failure_message", "dial tcp: i/o timeout"));
    }
    story.then("sent", dice.between(1, 20), addressed());
    arrive();
  }

  private void arrive() {
    if (dice.chance(0.01)) {
      story.then("deferred", 2, failed("451 4.7.1 greylisted, try again later"));
    }
    if (dice.chance(0.025)) {
      story.then("bounced", dice.between(1, 30), failed(dice.pick(BOUNCES)));
      return;
    }
    story.then("delivered", dice.between(1, 30), addressed());
    if (dice.chance(0.04)) {
      story.then("clicked", dice.between(1, 5), clicked().put("machine", true));
    }
    if (dice.chance(0.18)) {
      story.then("opened", dice.between(1, 60), opened(dice.chance(0.6), true));
    }
    if (dice.chance(0.24)) {
      read();
    }
  }

  private void read() {
    boolean imagesOff = dice.chance(0.06);
    if (!imagesOff) {
      story.then("opened", dice.between(60, 7_200), opened(dice.chance(0.1), false));
    }
    if (imagesOff || dice.chance(0.2)) {
      story.then("clicked", dice.between(5, 90), clicked());
    }
    if (imagesOff) {
      story.then("opened", 0, fields().put("recipient", person.email()).put("synthetic", true));
    }
    if (dice.chance(0.04)) {
      story.then("converted", dice.between(60, 3_600), addressed());
    }
    if (dice.chance(0.012)) {
      story.then("unsubscribed", dice.between(5, 60), addressed());
    }
    if (dice.chance(0.003)) {
      story.then("spammed", dice.between(5, 60), addressed());
    }
  }

  private ObjectNode addressed() {
    return fields().put("recipient", person.email()).put("subject", subject);
  }

  private ObjectNode failed(String reason) {
    return addressed().put("failure_message", reason);
  }

  private ObjectNode opened(boolean proxied, boolean prefetched) {
    return addressed().put("proxied", proxied).put("prefetched", prefetched);
  }

  private ObjectNode clicked() {
    int link = dice.between(0, LINKS.size() - 1);
    return addressed().put("href", LINKS.get(link)).put("link_id", 17 + link);
  }
}
