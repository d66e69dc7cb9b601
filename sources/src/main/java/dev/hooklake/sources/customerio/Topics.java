package dev.hooklake.sources.customerio;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The topic preferences inside the `content` of a preference change, which is a JSON document in a
/// string: `{"topics":{"topic_1":true}}`.
final class Topics {

  private Topics() {}

  /// The object under `topics` as JSON text; null when the content holds none.
  static @Nullable String of(String content) {
    byte[] bytes = content.getBytes(UTF_8);
    try (JsonParser parser = Json.parser(bytes)) {
      return parser.nextToken() == JsonToken.START_OBJECT ? topics(parser, bytes) : null;
    } catch (IOException e) {
      // The content stays as it is in its own column.
      return null;
    }
  }

  private static @Nullable String topics(JsonParser parser, byte[] bytes) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean isTopics = parser.currentName().equals("topics");
      if (parser.nextToken() == JsonToken.START_OBJECT && isTopics) {
        int start = Json.start(parser);
        return new String(Arrays.copyOfRange(bytes, start, Json.end(parser)), UTF_8);
      }
      parser.skipChildren();
    }
    return null;
  }
}
