package dev.hooklake.server.app.settings;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// What was given, by file and environment, before it is put together: looks each key up and
/// collects what is wrong on the way.
///
/// The file wins over a key's own environment variable, and that over the default. No message
/// quotes what the environment gave: it may be a secret that stands in the wrong place.
public final class GivenSettings {
  private final String fileName;
  private final Map<String, SettingLine> lines = new LinkedHashMap<>();
  private final Map<String, String> env;
  private final Expansion expansion;

  /// Each is told once, however many areas meet it.
  private final Set<Problem> problems = new LinkedHashSet<>();

  private final Set<Problem> warnings = new LinkedHashSet<>();

  private final boolean secretsNeeded;

  GivenSettings(String fileName, String text, Map<String, String> env, boolean secretsNeeded) {
    this.fileName = fileName;
    this.env = Map.copyOf(env);
    this.secretsNeeded = secretsNeeded;
    this.expansion = new Expansion(env);
    var unreadable = new ArrayList<Problem>();
    for (SettingLine line : SettingsFile.read(fileName, text, unreadable)) {
      lines.put(line.name(), line);
    }
    problems.addAll(unreadable);
  }

  /// Whether a source that nobody could be trusted of is an error: not for those who only look.
  boolean secretsNeeded() {
    return secretsNeeded;
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  List<Problem> warnings() {
    return List.copyOf(warnings);
  }

  /// Says what keeps the server from starting.
  public void refuse(String where, String reason, String remedy) {
    problems.add(new Problem(where, reason, remedy));
  }

  /// Says what is probably not meant.
  public void warn(String where, String reason, String remedy) {
    warnings.add(new Problem(where, reason, remedy));
  }

  /// Settings that check themselves say what is wrong with them.
  public <T> T checked(String where, Supplier<T> settings, Supplier<T> otherwise) {
    try {
      return settings.get();
    } catch (IllegalArgumentException e) {
      refuse(where, String.valueOf(e.getMessage()), "mend it");
      return otherwise.get();
    }
  }

  /// Where a key was given, for messages.
  public String where(Key<?> key) {
    SettingLine line = lines.get(key.name());
    return line != null
        ? fileName + " line " + line.line() + ": " + key.name()
        : given(key) ? "environment variable " + key.env() : key.name();
  }

  public boolean given(Key<?> key) {
    return lines.containsKey(key.name()) || (key.env() != null && !fromEnv(key.env()).isEmpty());
  }

  /// The key's value, or its default after a problem.
  public <T> T value(Key<T> key) {
    String text = String.join(",", texts(key));
    if (text.isEmpty() && !lines.containsKey(key.name())) {
      return key.defaultValue();
    }
    Optional<T> value = key.type().reader().apply(text);
    if (value.isEmpty()) {
      refuse(where(key), quoted(key) + " is not " + key.type().form(), "mend it");
    }
    return value.orElseGet(key::defaultValue);
  }

  /// As it stands in the file, so with the names of variables instead of their values; of a secret
  /// nothing, since not everybody keeps it in a variable.
  private String quoted(Key<?> key) {
    SettingLine line = lines.get(key.name());
    return line == null || key.isSecret()
        ? "its value"
        : "'" + String.join(",", line.values()) + "'";
  }

  /// The values of a list, blank ones left out; one that stands alone may be comma separated.
  public List<String> texts(Key<?> key) {
    SettingLine line = lines.get(key.name());
    if (line == null) {
      return key.env() == null ? List.of() : separated(fromEnv(key.env()));
    }
    line.values().forEach(value -> refuseMissing(where(key), value));
    List<String> expanded = line.values().stream().map(expansion::expand).toList();
    return expanded.size() == 1
        ? separated(expanded.getFirst())
        : expanded.stream().filter(text -> !text.isBlank()).toList();
  }

  /// The values of a list, each read by `reader`; those it objects to are problems.
  public <T> List<T> each(Key<?> key, Function<String, T> reader) {
    var values = new ArrayList<T>();
    for (String text : texts(key)) {
      try {
        values.add(reader.apply(text));
      } catch (IllegalArgumentException e) {
        refuse(where(key), "a value cannot be used", String.valueOf(e.getMessage()));
      }
    }
    return List.copyOf(values);
  }

  /// Whether an environment variable has a value, for those that belong to no key.
  boolean inEnvironment(String name) {
    return !fromEnv(name).isEmpty();
  }

  /// Everything below a name, expanded, as a tree of texts and lists of texts.
  ObjectNode tree(String above) {
    int depth = above.split("\\.").length;
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    lines.values().stream()
        .filter(line -> line.name().startsWith(above + "."))
        .forEach(line -> put(tree, line.path().subList(depth, line.path().size()), line));
    return tree;
  }

  private void put(ObjectNode tree, List<String> path, SettingLine line) {
    ObjectNode node = tree;
    for (String name : path.subList(0, path.size() - 1)) {
      node = node.withObject("/" + name.replace("~", "~0").replace("/", "~1"));
    }
    line.values().forEach(value -> refuseMissing(fileName + " line " + line.line(), value));
    List<String> values = line.values().stream().map(expansion::expand).toList();
    if (values.size() == 1) {
      node.put(path.getLast(), values.getFirst());
    } else {
      values.forEach(node.putArray(path.getLast())::add);
    }
  }

  /// The line where a name or something below it stands, for messages; the name alone when it
  /// stands nowhere.
  String whereIs(String name) {
    return lines.values().stream()
        .filter(line -> line.name().equals(name) || line.name().startsWith(name + "."))
        .findFirst()
        .map(line -> fileName + " line " + line.line() + ": " + name)
        .orElse(name);
  }

  /// The names that stand directly below `prefix` in the file and are no values.
  public List<String> members(String prefix) {
    int depth = prefix.split("\\.").length;
    var names = new TreeSet<String>();
    for (SettingLine line : lines.values()) {
      boolean above = line.path().size() > depth + 1 || line.saysNothing();
      if (line.name().startsWith(prefix) && above) {
        names.add(line.path().get(depth));
      }
    }
    return List.copyOf(names);
  }

  /// Everything that a key ending in `*` covers, by the part of its name that the `*` stands for.
  public Map<String, String> below(Key<?> key) {
    String prefix = key.name().substring(0, key.name().length() - Key.ANY.length());
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

  /// Those of the chosen names that no key has.
  void refuseUnknown(Predicate<String> chosen, List<Key<?>> known) {
    lines.forEach((name, line) -> {
      boolean nothingBelow =
          line.saysNothing() && known.stream().anyMatch(key -> key.isBelow(name));
      if (chosen.test(name) && !nothingBelow && known.stream().noneMatch(key -> key.covers(name))) {
        refuse(
            fileName + " line " + line.line(),
            "there is no setting '" + name + "'",
            Nearest.to(name, known.stream().map(key -> key.nameLike(name)).toList())
                .map(nearest -> "did you mean '" + nearest + "'?")
                .orElse("see docs/reference/configuration.md for all of them"));
      }
    });
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
