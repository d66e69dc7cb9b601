package dev.hooklake.server.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.sources.Payload;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// A stream of webhooks as one workspace would cause them: many messages on their way at once, each
/// telling its story a step at a time.
///
/// The same randomness and clock give the same bytes. Used by one thread at a time.
public final class Traffic {
  private static final int MESSAGES_UNDER_WAY = 1_000;
  private static final int REMEMBERED = 500;
  private static final double REPEATED = 0.01;

  private final Dice dice;
  private final InstantSource clock;
  private final ObjectMapper json = new ObjectMapper();
  private final List<Message> underWay = new ArrayList<>(MESSAGES_UNDER_WAY);
  private final List<SimulatedEvent> told = new ArrayList<>(REMEMBERED);

  public Traffic(RandomGenerator random, InstantSource clock) {
    this.dice = new Dice(random);
    this.clock = clock;
  }

  public SimulatedEvent next() {
    if (!told.isEmpty() && dice.chance(REPEATED)) {
      return dice.pick(told).again();
    }
    SimulatedEvent event = tell();
    remember(event);
    return event;
  }

  private SimulatedEvent tell() {
    int place = dice.between(0, MESSAGES_UNDER_WAY - 1);
    if (place >= underWay.size()) {
      place = underWay.size();
      underWay.add(begin());
    } else if (underWay.get(place).ended()) {
      underWay.set(place, begin());
    }
    Message.Told next = underWay.get(place).tell();
    // The provider makes its ids about a second after the fact.
    String key = dice.ulid(next.timestamp() * 1_000 + dice.between(600, 1_600));
    return new SimulatedEvent(key, body(key, next.event()), next.table(), false);
  }

  private Message begin() {
    return Message.begin(dice, clock.instant().getEpochSecond());
  }

  private Payload body(String key, ObjectNode fields) {
    ObjectNode event = Story.fields().put("event_id", key);
    event.setAll(fields);
    try {
      return Payload.wrap(json.writeValueAsBytes(event));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON nodes can always be written", e);
    }
  }

  private void remember(SimulatedEvent event) {
    if (told.size() < REMEMBERED) {
      told.add(event);
    } else {
      told.set(dice.between(0, REMEMBERED - 1), event);
    }
  }
}
