package dev.hooklake.sources;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Request headers: names in lower case, values in the order they came.
public record Headers(Map<String, List<String>> values) {
  public static final Headers NONE = new Headers(Map.of());

  public Headers {
    var copy = new TreeMap<String, List<String>>();
    values.forEach((name, list) ->
        copy.merge(
            name.toLowerCase(Locale.ROOT),
            List.copyOf(list),
            (first, second) -> {
              var both = new ArrayList<String>(first);
              both.addAll(second);
              return List.copyOf(both);
            }));
    values = Collections.unmodifiableMap(copy);
  }

  /// `nameThenValue` alternates names and values.
  public static Headers of(String... nameThenValue) {
    var values = new TreeMap<String, List<String>>();
    for (int i = 0; i < nameThenValue.length; i += 2) {
      values
          .computeIfAbsent(nameThenValue[i].toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(nameThenValue[i + 1]);
    }
    return new Headers(values);
  }

  /// Those headers only whose names, in lower case, are in `names`.
  public Headers only(Set<String> names) {
    var kept = new TreeMap<>(values);
    kept.keySet().retainAll(names);
    return new Headers(kept);
  }

  public List<String> all(String name) {
    return values.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  /// The value of a header that came exactly once; a repeated header is nobody's word.
  public Optional<String> single(String name) {
    List<String> all = all(name);
    return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
  }
}
