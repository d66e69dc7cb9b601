package dev.hooklake.server.app;

import java.util.List;

/// The settings file that `init` writes: every key with its default and its meaning, those that
/// people set first being live, the others commented out.
final class SampleSettings {
  private static final List<Key<?>> LIVE =
      List.of(Keys.DATA, Keys.PORT, Keys.ADMIN_PORT, Keys.LOG_LEVEL, Keys.LOG_FORMAT);

  private SampleSettings() {}

  static String yaml() {
    var yaml = new StringBuilder();
    yaml.append("# Settings of Hooklake. ${NAME:default} is filled in from the environment.\n");
    String section = "";
    for (Key<?> key : Keys.ALL) {
      int dot = key.name().indexOf('.');
      String own = key.name().substring(0, Math.max(0, dot));
      if (!own.equals(section)) {
        yaml.append(anyLive(own) ? "\n" : "\n# ").append(own).append(":\n");
        section = own;
      }
      String indent = dot < 0 ? "" : "  ";
      String name = key.name().substring(dot + 1);
      yaml.append(indent).append("# ").append(key.meaning()).append("\n");
      yaml.append(indent).append(LIVE.contains(key) ? "" : "# ");
      yaml.append(name).append(": ").append(value(key)).append("\n");
    }
    yaml.append("\nsources:\n  customerio:\n");
    for (Key<?> key : SourceKeys.ALL) {
      yaml.append("    # ").append(key.meaning()).append("\n");
      yaml.append("    ").append(key.name()).append(": ").append(value(key)).append("\n");
    }
    return yaml.toString();
  }

  /// A section of nothing but comments would be an empty value.
  private static boolean anyLive(String section) {
    return LIVE.stream().anyMatch(key -> key.name().startsWith(section + "."));
  }

  private static String value(Key<?> key) {
    return key.env() == null ? key.defaultText() : "${" + key.env() + ":" + key.defaultText() + "}";
  }
}
