package dev.hooklake.server.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.sources.event.Column;
import dev.hooklake.sources.event.Row;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A row as a JSON object, for those who take events from us without knowing our tables: every
/// column that is filled, under its name; times in ISO 8601; `extra` as the object that it is.
public final class RowJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EXTRA = "extra";

  private RowJson() {}

  public static ObjectNode of(Row row) {
    ObjectNode object = JSON.createObjectNode();
    for (Column column : row.table().columns()) {
      Object value = row.value(column.name());
      if (value != null) {
        object.set(column.name(), node(column.name(), value));
      }
    }
    return object;
  }

  private static @Nullable JsonNode node(String column, Object value) {
    return switch (value) {
      case String text when column.equals(EXTRA) -> parsed(text);
      case Instant instant -> JSON.getNodeFactory().textNode(instant.toString());
      case LocalDate date -> JSON.getNodeFactory().textNode(date.toString());
      default -> JSON.valueToTree(value);
    };
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.getNodeFactory().textNode(text);
    }
  }
}
