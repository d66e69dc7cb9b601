package dev.hooklake.providers.customerio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// Reads fields that are often absent or null.
final class Json {

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static @Nullable String text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    return value.isValueNode() && !value.isNull() && !value.asText().isEmpty()
        ? value.asText()
        : null;
  }

  /// Some ids documented as numbers arrive as text.
  static @Nullable Long number(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (value.isIntegralNumber()) {
      return value.canConvertToLong() ? value.asLong() : null;
    }
    return value.isTextual() && value.asText().matches("[0-9]{1,18}")
        ? Long.valueOf(value.asText())
        : null;
  }
}
