package dev.hooklake.server.app.settings;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts environment variables into a value: `${NAME}`, or `${NAME:default}`.
record Expansion(Map<String, String> env) {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::([^}]*))?}");

  Expansion {
    env = Map.copyOf(env);
  }

  String expand(String text) {
    return REFERENCE
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1), match.group(2))));
  }

  /// The first variable without a value or default.
  Optional<String> missing(String text) {
    return REFERENCE
        .matcher(text)
        .results()
        .filter(match -> match.group(2) == null && !env.containsKey(match.group(1)))
        .map(match -> match.group(1))
        .findFirst();
  }

  private String value(String name, @org.jspecify.annotations.Nullable String otherwise) {
    String value = env.get(name);
    return value != null && !value.isEmpty() ? value : otherwise == null ? "" : otherwise;
  }
}
