package dev.hooklake.server.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// What was given, by file and environment, before it is put together: looks each key up and
/// collects what is wrong on the way.
///
/// The file wins over a key's own environment variable, and that over the default.
final class GivenSettings {
  private final String fileName;
  private final Map<String, SettingLine> lines = new LinkedHashMap<>();
  private final Map<String, String> env;
  private final Expansion expansion;
  private final List<Problem> problems = new ArrayList<>();

  GivenSettings(String fileName, String text, Map<String, String> env) {
    this.fileName = fileName;
    this.env = Map.copyOf(env);
    this.expansion = new Expansion(env);
    for (SettingLine line : SettingsFile.read(fileName, text, problems)) {
      lines.put(line.name(), line);
    }
  }

  List<Problem> problems() {
    return problems;
  }

  void refuse(String where, String reason, String remedy) {
    problems.add(new Problem(where, reason, remedy));
  }

  /// Where a key was given, for messages.
  String where(Key<?> key) {
    SettingLine line = lines.get(key.name());
    return line != null
        ? fileName + " line " + line.line() + ": " + key.name()
        : given(key) ? "environment variable " + key.env() : key.name();
  }

  boolean given(Key<?> key) {
    return lines.containsKey(key.name()) || (key.env() != null && !fromEnv(key.env()).isEmpty());
  }

  /// The key's value, or its default after a problem.
  <T> T value(Key<T> key) {
    String text = String.join(",", texts(key));
    if (text.isEmpty() && !lines.containsKey(key.name())) {
      return key.defaultValue();
    }
    Optional<T> value = key.type().reader().apply(text);
    if (value.isEmpty()) {
      refuse(where(key), "'" + text + "' is not " + key.type().form(), "mend it");
    }
    return value.orElseGet(key::defaultValue);
  }

  /// The values of a list; one that stands alone may be comma separated.
  List<String> texts(Key<?> key) {
    SettingLine line = lines.get(key.name());
    if (line == null) {
      return key.env() == null ? List.of() : separated(fromEnv(key.env()));
    }
    line.values().forEach(value -> refuseMissing(where(key), value));
    List<String> expanded = line.values().stream().map(expansion::expand).toList();
    return expanded.size() == 1 ? separated(expanded.getFirst()) : expanded;
  }

  private void refuseMissing(String where, String value) {
    expansion
        .missing(value)
        .ifPresent(name ->
            refuse(
                where,
                "environment variable " + name + " is not set",
                "set it, or give a default: ${" + name + ":...}"));
  }

  /// Names of the sources in the file.
  List<String> sourceNames() {
    var names = new TreeSet<String>();
    for (String name : lines.keySet()) {
      String rest =
          name.startsWith(SourceKeys.PREFIX) ? name.substring(SourceKeys.PREFIX.length()) : "";
      if (rest.indexOf('.') > 0) {
        names.add(rest.substring(0, rest.indexOf('.')));
      }
    }
    return List.copyOf(names);
  }

  /// Everything below a prefix, expanded.
  Map<String, String> below(String prefix) {
    var values = new TreeMap<String, String>();
    lines.forEach((name, line) -> {
      if (name.startsWith(prefix)) {
        line.values().forEach(value -> refuseMissing(fileName + " line " + line.line(), value));
        values.put(
            name.substring(prefix.length()), expansion.expand(String.join(",", line.values())));
      }
    });
    return values;
  }

  /// Names that no key has.
  void refuseUnknown(List<String> known) {
    lines.forEach((name, line) -> {
      if (!known.contains(name) && !name.startsWith(Keys.HADOOP)) {
        refuse(
            fileName + " line " + line.line(),
            "there is no setting '" + name + "'",
            Nearest.to(name, known)
                .map(nearest -> "did you mean '" + nearest + "'?")
                .orElse("see docs/reference/configuration.md for all of them"));
      }
    });
  }

  private String fromEnv(String name) {
    return env.getOrDefault(name, "").strip();
  }

  private static List<String> separated(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }
}
