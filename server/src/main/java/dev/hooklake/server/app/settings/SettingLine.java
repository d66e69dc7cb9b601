package dev.hooklake.server.app.settings;

import java.util.List;

/// One value of the settings file, with the dotted name and the line it stands at.
record SettingLine(String name, List<String> values, int line) {
  SettingLine {
    values = List.copyOf(values);
  }
}
