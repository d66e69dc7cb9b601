package dev.hooklake.sources.generic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.sources.fields.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One level of a settings tree while it is read: collects what is wrong instead of stopping at it,
/// and at the end names what nobody asked for.
///
/// Leaves are texts, numbers or booleans, or lists of them; a single value counts as a list of one.
final class SettingsTree {
  private final String path;
  private final ObjectNode node;
  private final List<SettingsProblem> problems;
  private final Set<String> asked = new LinkedHashSet<>();

  SettingsTree(String path, ObjectNode node, List<SettingsProblem> problems) {
    this.path = path;
    this.node = node;
    this.problems = problems;
  }

  boolean has(String name) {
    asked.add(name);
    return node.has(name) && !node.path(name).isNull();
  }

  boolean isMap(String name) {
    return has(name) && node.path(name).isObject();
  }

  /// The tree below `name`; an empty one when there is none.
  SettingsTree below(String name) {
    boolean given = has(name);
    if (given && !node.path(name).isObject()) {
      problem(name, "is a value", "write names and values below it");
    }
    ObjectNode below = node.path(name) instanceof ObjectNode object ? object : Json.object();
    return new SettingsTree(path(name), below, problems);
  }

  Optional<String> text(String name) {
    List<String> texts = texts(name);
    if (texts.size() > 1) {
      problem(name, "is a list", "give one value");
    }
    return texts.stream().findFirst();
  }

  String required(String name, String example) {
    Optional<String> text = text(name).filter(value -> !value.isBlank());
    if (text.isEmpty()) {
      problem(name, "is missing", "write for example " + example);
    }
    return text.orElse("");
  }

  List<String> texts(String name) {
    if (!has(name)) {
      return List.of();
    }
    JsonNode value = node.path(name);
    var texts = new ArrayList<String>();
    for (JsonNode element : value.isArray() ? value : List.of(value)) {
      if (element.isValueNode()) {
        texts.add(element.asText());
      } else {
        problem(name, "holds a list or map", "give plain values");
      }
    }
    return texts;
  }

  /// One of `choices`.
  String choice(String name, List<String> choices, String whenMissing) {
    String text = text(name).orElse(whenMissing);
    if (!choices.contains(text)) {
      problem(name, "is not one of its choices", "write one of " + String.join(", ", choices));
      return whenMissing;
    }
    return text;
  }

  /// One of an enum's constants, written `like-this`.
  <E extends Enum<E>> E constant(String name, Class<E> type, E whenMissing) {
    Map<String, E> byLabel =
        Arrays.stream(type.getEnumConstants())
            .collect(
                Collectors.toMap(
                    SettingsTree::label, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    String label = choice(name, List.copyOf(byLabel.keySet()), label(whenMissing));
    return byLabel.getOrDefault(label, whenMissing);
  }

  /// Names and values below `name`, in their order.
  Map<String, String> map(String name) {
    SettingsTree below = below(name);
    var map = new LinkedHashMap<String, String>();
    below.names().forEach(key -> below.text(key).ifPresent(value -> map.put(key, value)));
    return map;
  }

  List<String> names() {
    var names = new ArrayList<String>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /// The value `reader` makes of the text; what it objects to becomes a problem.
  <T> T parsed(String name, String text, Function<String, T> reader, T otherwise) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException e) {
      problem(name, "cannot be used", String.valueOf(e.getMessage()));
      return otherwise;
    }
  }

  void problem(String name, String reason, String remedy) {
    problems.add(new SettingsProblem(path(name), reason, remedy));
  }

  /// Names what was written here and never asked for.
  void finish() {
    for (String name : names()) {
      if (!asked.contains(name)) {
        problem(name, "is not a setting here", "known are " + String.join(", ", asked));
      }
    }
  }

  private String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
