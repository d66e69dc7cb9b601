package dev.hooklake.server.app.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The settings file that `init` writes: every key with its default and its meaning, those that
/// people set first being live, the others commented out. Without a live source each one starts
/// whose secret the environment gives.
public final class SampleSettings {
  private static final List<Key<?>> LIVE =
      List.of(
          GeneralSection.DATA,
          IntakeSection.PORT,
          AdminSection.PORT,
          LogSection.LEVEL,
          LogSection.FORMAT);

  private final StringBuilder yaml =
      new StringBuilder(
          "# Settings of Hooklake. ${NAME:default} is filled in from the environment.\n");

  private SampleSettings() {}

  public static String yaml() {
    var sample = new SampleSettings();
    var keys = new ArrayList<Key<?>>();
    Sections.ALL.forEach(section -> keys.addAll(section.inSample()));
    sample.write(keys, "", "");
    return sample.yaml.toString();
  }

  /// Writes keys that all begin with `prefix`, those with the next name in common together.
  private void write(List<Key<?>> keys, String prefix, String indent) {
    Map<String, List<Key<?>>> byName = new LinkedHashMap<>();
    for (Key<?> key : keys) {
      String name = key.name().substring(prefix.length()).replaceFirst("\\..*", "");
      byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(key);
    }
    byName.forEach((name, group) -> {
      if (isLeaf(group.getFirst(), prefix + name)) {
        leaf(group.getFirst(), name, indent);
      } else {
        // A name above nothing but comments would be an empty value.
        String mark = group.stream().anyMatch(SampleSettings::isLive) ? "" : "# ";
        yaml.append(indent.isEmpty() ? "\n" : "").append(indent).append(mark);
        yaml.append(name).append(":\n");
        write(group, prefix + name + ".", indent + "  ");
      }
    });
  }

  private void leaf(Key<?> key, String name, String indent) {
    yaml.append(indent).append("# ").append(key.meaning()).append("\n");
    yaml.append(indent).append(isLive(key) ? "" : "# ");
    yaml.append(name).append(": ").append(value(key)).append("\n");
  }

  private static boolean isLeaf(Key<?> key, String name) {
    return key.name().equals(name) || key.name().equals(name + "." + Key.ANY);
  }

  private static boolean isLive(Key<?> key) {
    return LIVE.contains(key);
  }

  private static String value(Key<?> key) {
    if (key.name().endsWith(Key.ANY)) {
      return "{}";
    }
    return key.env() == null ? key.defaultText() : "${" + key.env() + ":" + key.defaultText() + "}";
  }
}
