package dev.hooklake.sources.customerio;

import dev.hooklake.sources.customerio.EventBody.Place;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// The members that no column holds, as one JSON object in the shape they were sent: names, numbers
/// and escapes untouched, nested under `data` and `identifiers` where they stood.
final class Extra {
  private final StringJoiner top = new StringJoiner(",");
  private final StringJoiner data = new StringJoiner(",");
  private final StringJoiner identifiers = new StringJoiner(",");

  void add(Place place, Member member) {
    joiner(place).add(member.raw());
  }

  /// Null when every member found its column.
  @Nullable String json() {
    if (identifiers.length() > 0) {
      data.add("\"identifiers\":{" + identifiers + "}");
    }
    if (data.length() > 0) {
      top.add("\"data\":{" + data + "}");
    }
    return top.length() == 0 ? null : "{" + top + "}";
  }

  private StringJoiner joiner(Place place) {
    return switch (place) {
      case TOP -> top;
      case DATA -> data;
      case IDENTIFIERS -> identifiers;
    };
  }
}
