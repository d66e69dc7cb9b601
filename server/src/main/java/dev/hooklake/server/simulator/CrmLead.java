package dev.hooklake.server.simulator;

import static dev.hooklake.server.simulator.Story.fields;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/// One lead in C2S, from the first question about a flat to the deal, or to nothing.
///
/// Its events are at least a second apart: C2S writes times in whole seconds, and two of the same
/// second would be one event.
final class CrmLead implements Life {
  private final String id;
  private final ObjectNode shared;
  private final Deque<Story.Step> ahead;
  private final Instant startedAt;

  private CrmLead(String id, ObjectNode shared, Story story, Instant startedAt) {
    this.id = id;
    this.shared = shared;
    this.ahead = new ArrayDeque<>(story.steps());
    this.startedAt = startedAt;
  }

  static CrmLead begin(Dice dice, Instant now) {
    Person person = Person.numbered(dice.between(0, 9_999));
    int flat = dice.between(1, 200);
    Story story = story(dice, flat);
    Instant startedAt =
        Instant.ofEpochSecond(now.getEpochSecond()).minusSeconds(story.lastSecond() + 1);
    ObjectNode shared = fields().put("created_at", startedAt.toString());
    describe(person, shared.putObject("customer"));
    shared
        .putObject("product")
        .put("prop_ref", "REF%03d".formatted(flat))
        .put("description", "Flat " + flat + ", Fernwood Street")
        .put("city", "Fernwood")
        .put("price_float", price(flat));
    shared.putObject("lead_source").put("name", dice.chance(0.7) ? "Website" : "Portal");
    return new CrmLead(dice.hex(32), shared, story, startedAt);
  }

  private static void describe(Person person, ObjectNode customer) {
    customer
        .put("id", "c" + person.id())
        .put("name", person.name())
        .put("email", person.email())
        .put("phone_global", person.phone());
  }

  private static double price(int flat) {
    return 150_000 + flat * 2_500.0;
  }

  private static Story story(Dice dice, int flat) {
    Story story = new Story().then("on_create_lead", 0, status("new"));
    int talks = dice.between(0, 3);
    for (int i = 0; i < talks; i++) {
      story.then("on_update_lead", dice.between(60, 86_400), status("under_negotiation"));
    }
    if (dice.chance(0.02)) {
      story.then("on_lead_shared", dice.between(1, 60), status("under_negotiation"));
    }
    if (dice.chance(0.1)) {
      ObjectNode done = status("done");
      done.putObject("done_details").put("done", true).put("done_price", price(flat));
      return story.then("on_close_lead", dice.between(3_600, 864_000), done);
    }
    if (dice.chance(0.4)) {
      ObjectNode lost = status("lost");
      lost.putObject("archive_details").put("archived", true);
      lost.putObject("lost_reasons").put("name", "inactive");
      return story.then("on_close_lead", dice.between(3_600, 864_000), lost);
    }
    return story;
  }

  private static ObjectNode status(String alias) {
    ObjectNode fields = fields();
    fields.putObject("lead_status").put("alias", alias);
    return fields;
  }

  @Override
  public SimulatedEvent tell(Dice dice) {
    Story.Step step = ahead.remove();
    Instant at = startedAt.plusSeconds(step.second());
    ObjectNode event = fields().put("id", id).put("hook_action", step.metric());
    ObjectNode attributes = event.putObject("attributes").put("updated_at", at.toString());
    attributes.setAll(shared.deepCopy());
    attributes.setAll(step.fields());
    return new SimulatedEvent(id + ":" + at, JsonBody.of(event), "lead_events", false);
  }

  @Override
  public boolean ended() {
    return ahead.isEmpty();
  }
}
