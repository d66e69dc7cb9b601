package dev.hooklake.sources.c2s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.fields.FieldPath;
import dev.hooklake.sources.fields.Pieces;
import java.util.List;

/// The forms in which leads arrive; no capture of a real delivery says which C2S uses.
///
/// | form                                          | what is the lead     |
/// |-----------------------------------------------|----------------------|
/// | `{"id", "hook_action", "attributes"}`         | the object itself    |
/// | `{"data": {...}}`, `{"lead": {...}}`          | what is inside       |
/// | an array of these; an array inside `data` or `lead` | each element is one event |
///
/// @param outer the whole object, which may say what happened
/// @param pointer where in it the lead stands; empty when it is the object itself
record Envelope(ObjectNode outer, String pointer) {
  private static final List<String> WRAPPERS = List.of("data", "lead");
  private static final List<FieldPath> ARRAYS =
      List.of(FieldPath.of(""), FieldPath.of("/data"), FieldPath.of("/lead"));

  /// One body an event, out of the very bytes sent; the body itself when it holds one event or
  /// cannot be read.
  static List<Payload> open(Payload body) {
    return Pieces.cut(body, ARRAYS);
  }

  static Envelope of(ObjectNode outer) {
    if (outer.path("attributes").isObject()) {
      return new Envelope(outer, "");
    }
    for (String wrapper : WRAPPERS) {
      JsonNode inside = outer.path(wrapper);
      if (inside.isObject()) {
        return new Envelope(outer, "/" + wrapper);
      }
      // Cutting leaves each piece its envelope, with one element in it.
      if (inside.isArray() && inside.size() == 1 && inside.get(0).isObject()) {
        return new Envelope(outer, "/" + wrapper + "/0");
      }
    }
    return new Envelope(outer, "");
  }

  JsonNode lead() {
    return outer.at(pointer);
  }

  JsonNode attributes() {
    return lead().path("attributes");
  }
}
