package dev.hooklake.server.app.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The settings for people to look at: where each comes from and what it is, secrets hidden.
public final class ShownSettings {
  private ShownSettings() {}

  /// One area.
  public record Area(String title, List<Line> lines) {
    public Area {
      lines = List.copyOf(lines);
    }
  }

  /// One setting.
  ///
  /// @param value in force; of a secret only that there is one
  /// @param origin where it was given; empty for the default
  public record Line(String name, String value, String origin, String meaning) {}

  static List<Area> of(GivenSettings given) {
    return Sections.ALL.stream().map(section -> area(given, section)).toList();
  }

  private static Area area(GivenSettings given, Section<?> section) {
    var lines = new ArrayList<Line>();
    for (Key<?> key : section.keys()) {
      if (key.name().endsWith(Key.ANY)) {
        // Whatever stands there may be a credential.
        given
            .below(key)
            .keySet()
            .forEach(name ->
                lines.add(
                    new Line(
                        key.name().replace(Key.ANY, name), "hidden", "the file", key.meaning())));
      } else {
        members(given, key).forEach(one -> lines.add(line(given, one)));
      }
    }
    return new Area(section.title(), lines);
  }

  private static Stream<Key<?>> members(GivenSettings given, Key<?> key) {
    int at = key.name().indexOf(Key.MEMBER);
    if (at < 0) {
      return Stream.of(key);
    }
    List<String> members = given.members(key.name().substring(0, at));
    return members.isEmpty()
        ? Stream.of(key.of("customerio"))
        : members.stream().map(member -> key.of(member).onlyInFile());
  }

  private static Line line(GivenSettings given, Key<?> key) {
    boolean isGiven = given.given(key);
    String text = isGiven ? String.join(", ", given.texts(key)) : key.defaultText();
    return new Line(
        key.name(), shown(key, text), isGiven ? origin(given.where(key)) : "", key.meaning());
  }

  private static String shown(Key<?> key, String text) {
    return key.isSecret() && !text.isEmpty() ? "set, hidden" : text;
  }

  /// File and line, or the variable, without the key, which stands beside it.
  private static String origin(String where) {
    int colon = where.indexOf(": ");
    return (colon < 0 ? where : where.substring(0, colon)).replace("environment variable ", "");
  }
}
