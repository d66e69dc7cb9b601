package dev.hooklake.sources.resend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.sources.fields.Json;
import java.util.Optional;

/// Resend's lists of pairs, such as `[{"name": "a", "value": "b"}]`, in the shapes of our columns.
final class Pairs {

  private Pairs() {}

  /// Each name with the list of its values; empty unless every element is a pair of texts.
  static Optional<ObjectNode> headers(JsonNode list) {
    ObjectNode headers = Json.object();
    for (JsonNode pair : list) {
      if (!isPair(pair, "name", "value")) {
        return Optional.empty();
      }
      String name = pair.path("name").asText();
      ArrayNode values =
          headers.get(name) instanceof ArrayNode known ? known : headers.putArray(name);
      values.add(pair.path("value").asText());
    }
    return found(headers);
  }

  /// Tags as one object, from that very shape or the older list of pairs.
  static Optional<ObjectNode> tags(JsonNode tags) {
    if (tags instanceof ObjectNode object) {
      return found(object);
    }
    ObjectNode named = Json.object();
    for (JsonNode pair : tags) {
      if (!isPair(pair, "name", "value") || named.has(pair.path("name").asText())) {
        return Optional.empty();
      }
      named.put(pair.path("name").asText(), pair.path("value").asText());
    }
    return found(named);
  }

  /// Topic to whether the person wants it.
  static Optional<ObjectNode> topics(JsonNode list) {
    ObjectNode topics = Json.object();
    for (JsonNode pair : list) {
      String choice = pair.path("subscription").asText();
      boolean known = choice.equals("opt_in") || choice.equals("opt_out");
      if (!isPair(pair, "id", "subscription") || !known) {
        return Optional.empty();
      }
      topics.put(pair.path("id").asText(), choice.equals("opt_in"));
    }
    return found(topics);
  }

  private static boolean isPair(JsonNode node, String name, String value) {
    return node.size() == 2 && node.path(name).isTextual() && node.path(value).isTextual();
  }

  private static Optional<ObjectNode> found(ObjectNode object) {
    return object.isEmpty() ? Optional.empty() : Optional.of(object);
  }
}
