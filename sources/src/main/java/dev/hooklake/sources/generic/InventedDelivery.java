package dev.hooklake.sources.generic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.fields.EventTime;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// One event made from the rules by which a source is read: every value that a row needs stands
/// where the rules look for it first.
final class InventedDelivery {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final ObjectNode event = JSON.objectNode();
  private final Map<String, String> headers = new HashMap<>();

  private InventedDelivery() {}

  static Delivery of(GenericSettings settings, String path, String id, Instant at) {
    var invented = new InventedDelivery();
    List<ValueRule> key = settings.events().key();
    RowRules row = settings.row();
    invented.put(row.metric(), TextNode.valueOf(word(row.metric(), "delivered")));
    invented.put(row.channel(), TextNode.valueOf(word(row.channel(), "email")));
    invented.put(row.time().from(), time(row.time().format(), at));
    if (key.isEmpty()) {
      invented.event.put("id", id);
    } else {
      invented.put(key.get(0), TextNode.valueOf(id));
    }
    return invented.delivery(settings.events(), path, at);
  }

  /// A word that the rule translates, where it translates any.
  private static String word(ValueRule rule, String otherwise) {
    return rule.values().isEmpty() ? otherwise : new TreeSet<>(rule.values().keySet()).first();
  }

  private static JsonNode time(EventTime format, Instant at) {
    return switch (format) {
      case EPOCH_SECONDS -> LongNode.valueOf(at.getEpochSecond());
      case EPOCH_MILLIS -> LongNode.valueOf(at.toEpochMilli());
      case ISO_8601 -> TextNode.valueOf(at.toString());
      case RFC_2822 ->
          TextNode.valueOf(
              DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC)));
    };
  }

  private void put(ValueRule rule, JsonNode value) {
    if (rule.from().isEmpty()) {
      return;
    }
    Origin first = rule.from().get(0);
    if (first instanceof Origin.Field field) {
      put(field.path().segments(), value);
    } else if (first instanceof Origin.Header header) {
      headers.put(header.name(), value.asText());
    }
  }

  /// Makes what the path leads through: a number is a place in a list, anything else a name.
  private void put(List<String> segments, JsonNode value) {
    JsonNode at = event;
    for (int i = 0; i < segments.size(); i++) {
      boolean last = i == segments.size() - 1;
      JsonNode missing = last ? value : container(segments.get(i + 1));
      at =
          at instanceof ArrayNode list
              ? first(list, missing)
              : member(at, segments.get(i), missing);
    }
  }

  private static JsonNode container(String segmentInIt) {
    return segmentInIt.matches("[0-9]{1,6}") ? JSON.arrayNode() : JSON.objectNode();
  }

  private static JsonNode first(ArrayNode list, JsonNode missing) {
    if (list.isEmpty()) {
      list.add(missing);
    }
    return list.get(0);
  }

  private static JsonNode member(JsonNode parent, String name, JsonNode missing) {
    if (parent instanceof ObjectNode object && (missing.isValueNode() || !object.has(name))) {
      object.set(name, missing);
    }
    return parent.path(name);
  }

  private Delivery delivery(EventRules rules, String path, Instant at) {
    boolean list = rules.split().stream().anyMatch(split -> split.segments().isEmpty());
    String json = (list ? JSON.arrayNode().add(event) : event).toString();
    boolean form = !rules.formField().isEmpty();
    String body = form ? rules.formField() + "=" + URLEncoder.encode(json, UTF_8) : json;
    String type = form ? "application/x-www-form-urlencoded" : "application/json";
    var all = new HashMap<String, List<String>>();
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    all.put("content-type", List.of(type));
    return new Delivery(path, "", new Headers(all), Payload.of(body), at);
  }
}
