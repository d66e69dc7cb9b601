package dev.hooklake.sources.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// Where a field stands in an event: a JSON pointer such as `/data/email_id`, in which a segment
/// `*` stands for the first member whatever its name. The empty path is the whole event.
public record FieldPath(List<String> segments) {

  public FieldPath {
    segments = List.copyOf(segments);
  }

  public static FieldPath of(String pointer) {
    if (pointer.isEmpty()) {
      return new FieldPath(List.of());
    }
    if (!pointer.startsWith("/")) {
      throw new IllegalArgumentException(
          "the JSON pointer " + pointer + " must start with /, for example /data/id");
    }
    var segments = new ArrayList<String>();
    for (String segment : pointer.substring(1).split("/", -1)) {
      segments.add(segment.replace("~1", "/").replace("~0", "~"));
    }
    return new FieldPath(segments);
  }

  /// What stands there; a missing node when nothing does.
  public JsonNode in(JsonNode event) {
    JsonNode node = event;
    for (String segment : segments) {
      node = step(node, segment);
    }
    return node;
  }

  /// Takes the field out of its object; elements of lists and the whole event stay.
  void removeFrom(JsonNode event) {
    if (segments.isEmpty()) {
      return;
    }
    int last = segments.size() - 1;
    if (new FieldPath(segments.subList(0, last)).in(event) instanceof ObjectNode parent) {
      parent.remove(name(parent, segments.get(last)));
    }
  }

  private static JsonNode step(JsonNode node, String segment) {
    if (node instanceof ArrayNode list) {
      return list.path(index(segment));
    }
    return node instanceof ObjectNode object
        ? object.path(name(object, segment))
        : MissingNode.getInstance();
  }

  private static String name(ObjectNode object, String segment) {
    return segment.equals("*") && !object.isEmpty() ? object.fieldNames().next() : segment;
  }

  private static int index(String segment) {
    if (segment.equals("*")) {
      return 0;
    }
    return segment.matches("[0-9]{1,6}") ? Integer.parseInt(segment) : -1;
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    segments.forEach(
        segment -> text.append('/').append(segment.replace("~", "~0").replace("/", "~1")));
    return text.toString();
  }
}
