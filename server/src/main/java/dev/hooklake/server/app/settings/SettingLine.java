package dev.hooklake.server.app.settings;

import java.util.List;

/// One value of the settings file: the names it stands below, and the line it stands at. A list has
/// several values, and a name with nothing after it has none.
record SettingLine(List<String> path, List<String> values, int line) {
  SettingLine {
    path = List.copyOf(path);
    values = List.copyOf(values);
  }

  boolean saysNothing() {
    return values.stream().allMatch(String::isBlank);
  }

  /// The dotted name.
  String name() {
    return String.join(".", path);
  }
}
