package dev.hooklake.server.simulator;

import static dev.hooklake.server.simulator.Story.fields;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// One email that Resend sends, or one contact it keeps, and what it posts about it.
///
/// Mail programs and scanners open and click within seconds; Resend does not tell them from people.
final class ResendMail implements Life {
  private static final String SENDER = "Fernwood <hello@mail.example.com>";
  private static final double OVERTAKEN = 0.02;

  private final ResendKind kind;
  private final ObjectNode data;
  private final Deque<Story.Step> ahead;
  private final Instant startedAt;

  private ResendMail(ResendKind kind, ObjectNode data, Story story, Instant startedAt) {
    this.kind = kind;
    this.data = data;
    this.ahead = new ArrayDeque<>(story.steps());
    this.startedAt = startedAt;
  }

  static ResendMail begin(Dice dice, Instant now) {
    ResendKind kind = dice.pickByShare(List.of(ResendKind.values()), one -> one.share);
    Person person = Person.numbered(dice.between(0, 9_999));
    Story story = kind.tell(dice);
    if (dice.chance(OVERTAKEN)) {
      story.swapSomeNeighbours(dice);
    }
    Instant startedAt = now.minusSeconds(story.lastSecond() + 1);
    ObjectNode data =
        switch (kind) {
          case EMAIL, NEW_TYPE -> email(dice, person, startedAt);
          case CONTACT -> contact(dice, person, startedAt);
          case SUPPRESSION -> suppression(dice, person, startedAt);
          case AUTOMATION -> fields().put("id", dice.uuid());
        };
    return new ResendMail(kind, data, story, startedAt);
  }

  private static ObjectNode email(Dice dice, Person person, Instant createdAt) {
    Sending sending = Sending.any(dice);
    ObjectNode email =
        fields()
            .put("email_id", dice.uuid())
            .put("created_at", createdAt.toString())
            .put("from", SENDER)
            .put("subject", sending.subjectFor(person));
    email.putArray("to").add(person.email());
    email.putObject("tags").put("campaign", "c" + sending.id());
    return email;
  }

  private static ObjectNode contact(Dice dice, Person person, Instant createdAt) {
    return fields()
        .put("id", dice.uuid())
        .put("created_at", createdAt.toString())
        .put("email", person.email())
        .put("first_name", person.name())
        .put("unsubscribed", dice.chance(0.5));
  }

  private static ObjectNode suppression(Dice dice, Person person, Instant createdAt) {
    return fields()
        .put("id", dice.uuid())
        .put("created_at", createdAt.toString())
        .put("email", person.email())
        .put("origin", dice.pick(List.of("bounce", "complaint", "manual")));
  }

  @Override
  public SimulatedEvent tell(Dice dice) {
    Story.Step step = ahead.remove();
    ObjectNode event =
        fields()
            .put("type", step.metric())
            .put("created_at", startedAt.plusSeconds(step.second()).toString());
    event.set("data", data.deepCopy().setAll(step.fields()));
    // A key of its own for each event, kept by repeats.
    String key = "msg_" + dice.base62(27);
    return new SimulatedEvent(key, JsonBody.of(event), kind.table, false);
  }

  @Override
  public boolean ended() {
    return ahead.isEmpty();
  }
}
