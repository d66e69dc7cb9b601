package dev.hooklake.sources.customerio;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An event's JSON, read once from front to back: the members of the three objects that we know,
/// each in the order sent, repeated names included.
final class EventBody {

  /// The objects whose members have a meaning of their own.
  enum Place {
    TOP,
    DATA,
    IDENTIFIERS;

    /// The known object under `name` here, if there is one.
    @Nullable Place under(String name) {
      if (this == TOP && name.equals("data")) {
        return DATA;
      }
      return this == DATA && name.equals("identifiers") ? IDENTIFIERS : null;
    }
  }

  private final Map<Place, List<Member>> members = new EnumMap<>(Place.class);

  private EventBody() {
    for (Place place : Place.values()) {
      members.put(place, new ArrayList<>());
    }
  }

  /// Null when the JSON is not an object; an exception when it is not JSON at all.
  static @Nullable EventBody read(byte[] bytes) throws IOException {
    try (JsonParser parser = Json.parser(bytes)) {
      JsonToken first = parser.nextToken();
      EventBody body = null;
      if (first == JsonToken.START_OBJECT) {
        body = new EventBody();
        body.read(Place.TOP, parser, bytes);
      }
      parser.skipChildren();
      if (first == null || parser.nextToken() != null) {
        throw new JsonParseException(parser, "a JSON text is one value");
      }
      return body;
    }
  }

  List<Member> members(Place place) {
    return members.getOrDefault(place, List.of());
  }

  /// The first member of that name, if any.
  @Nullable Member first(Place place, String name) {
    for (Member member : members(place)) {
      if (member.name().equals(name)) {
        return member;
      }
    }
    return null;
  }

  private void read(Place place, JsonParser parser, byte[] bytes) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      int nameStart = Json.start(parser);
      Place below = place.under(name);
      if (parser.nextToken() == JsonToken.START_OBJECT && below != null) {
        read(below, parser, bytes);
      } else {
        members(place).add(new Member(name, nameStart, parser, bytes));
      }
    }
  }
}
