package dev.hooklake.sources.fields;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.sources.FormFields;
import dev.hooklake.sources.Payload;
import java.io.IOException;
import java.util.Optional;

/// Reads and writes JSON trees; numbers keep every digit.
public final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // JSON on the wire is UTF-8; guessing UTF-16 would cost us the byte positions.
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(100).maxNumberLength(1_000).build())
          .build();

  private static final JsonMapper MAPPER =
      JsonMapper.builder(FACTORY)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Json() {}

  /// Empty when the body is not one JSON value; deeper or longer ones than Jackson's limits count
  /// as none.
  public static Optional<JsonNode> parse(Payload body) {
    try {
      JsonNode node = MAPPER.readTree(body.unsafeBytes());
      return node.isMissingNode() ? Optional.empty() : Optional.of(node);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /// The fields as an object of texts; a repeated name becomes a list.
  public static ObjectNode object(FormFields form) {
    ObjectNode object = object();
    form.values()
        .forEach((name, values) -> {
          if (values.size() == 1) {
            object.put(name, values.get(0));
          } else {
            ArrayNode list = object.putArray(name);
            values.forEach(list::add);
          }
        });
    return object;
  }

  public static String write(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JacksonException e) {
      throw new IllegalStateException("a tree that was read can be written", e);
    }
  }

  static JsonParser parser(byte[] bytes) throws IOException {
    return FACTORY.createParser(bytes);
  }
}
