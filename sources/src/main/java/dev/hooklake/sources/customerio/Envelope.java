package dev.hooklake.sources.customerio;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.hooklake.sources.Payload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The older guide's `{"events":[...]}`: cut into the exact bytes of each element.
final class Envelope {

  /// A longer one stays whole, as one event that nobody understands.
  private static final int MOST_EVENTS = 10_000;

  private Envelope() {}

  /// The elements in order; the body itself when it is no envelope, or an empty one.
  static List<Payload> open(Payload body) {
    List<Payload> events = List.of();
    try (JsonParser parser = Json.parser(body.unsafeBytes())) {
      events = events(parser, body.unsafeBytes());
    } catch (IOException e) {
      // Not JSON, or too many: no envelope either.
    }
    return events.isEmpty() ? List.of(body) : events;
  }

  private static List<Payload> events(JsonParser parser, byte[] bytes) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return List.of();
    }
    var events = new ArrayList<Payload>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (name.equals("event_id")) {
        return List.of();
      }
      JsonToken value = parser.nextToken();
      if (name.equals("events") && value == JsonToken.START_ARRAY) {
        cut(parser, bytes, events);
      } else {
        parser.skipChildren();
      }
    }
    return parser.nextToken() == null ? events : List.of();
  }

  private static void cut(JsonParser parser, byte[] bytes, List<Payload> events)
      throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (events.size() == MOST_EVENTS) {
        throw new IOException("an envelope of more than " + MOST_EVENTS + " events");
      }
      int start = Json.start(parser);
      int end = Json.end(parser);
      events.add(Payload.wrap(Arrays.copyOfRange(bytes, start, end)));
    }
  }
}
