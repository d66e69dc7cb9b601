package dev.hooklake.server.tracking;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.server.simulator.SimulatedEvent;
import dev.hooklake.sources.Payload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// The facts of invented lives as webhooks of Customer.io: shuffled, and some sent again, with the
/// same bytes or as an event of their own.
final class Callbacks {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Callback> callbacks;

  private Callbacks(List<Callback> callbacks) {
    this.callbacks = callbacks;
  }

  static Callbacks of(Lives lives, long seed) {
    var random = new Random(seed);
    List<Callback> callbacks = new ArrayList<>();
    Map<Fact, String> firstIds = new HashMap<>();
    for (Fact fact : lives.shuffled(seed)) {
      String ownId = "e-" + callbacks.size();
      String firstId = firstIds.putIfAbsent(fact, ownId);
      boolean sameBytes = firstId != null && random.nextBoolean();
      callbacks.add(new Callback(fact, sameBytes ? firstId : ownId, sameBytes));
    }
    return new Callbacks(callbacks);
  }

  long count() {
    return callbacks.size();
  }

  int different() {
    return (int) callbacks.stream().filter(callback -> !callback.repeat()).count();
  }

  Iterator<Callback> iterator() {
    return callbacks.iterator();
  }

  /// A message as the admin API takes it.
  static ObjectNode json(OutgoingMessage message) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("id", message.id())
            .put("userId", message.userId())
            .put("channel", message.channel().label())
            .put("createdAt", String.valueOf(message.createdAt()));
    message
        .externalIds()
        .forEach(one ->
            json.withArray("externalIds")
                .addObject()
                .put("source", one.source())
                .put("id", one.id()));
    return json;
  }

  record Callback(Fact fact, String eventId, boolean repeat) {

    SimulatedEvent event() {
      ObjectNode json =
          JSON.createObjectNode()
              .put("event_id", eventId)
              .put("object_type", fact.channel().label())
              .put("metric", fact.metric())
              .put("timestamp", fact.at().getEpochSecond());
      ObjectNode data = json.putObject("data").put("delivery_id", fact.externalId().id());
      if (fact.reason() != null) {
        data.put("failure_message", fact.reason());
      }
      return new SimulatedEvent(
          eventId, Payload.of(json.toString()), fact.channel().table().name(), repeat);
    }
  }
}
