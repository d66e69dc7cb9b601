package dev.hooklake.sources;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Request headers: names in lower case, values in the order they came.
///
/// A delivery has a handful, of which one or two are asked for: they are searched one by one, and
/// sorted only when all are wanted.
public final class Headers {
  public static final Headers NONE = new Headers(List.of());

  /// Name, value, name, value, in the order they came.
  private final List<String> pairs;

  private Headers(List<String> pairs) {
    this.pairs = pairs;
  }

  public Headers(Map<String, List<String>> values) {
    this(pairsOf(values));
  }

  /// `nameThenValue` alternates names and values; a name may come again.
  public static Headers of(String... nameThenValue) {
    return of(List.of(nameThenValue));
  }

  /// The same from a list.
  public static Headers of(List<String> nameThenValue) {
    var pairs = new ArrayList<String>(nameThenValue.size());
    for (int i = 0; i < nameThenValue.size(); i += 2) {
      pairs.add(nameThenValue.get(i).toLowerCase(Locale.ROOT));
      pairs.add(nameThenValue.get(i + 1));
    }
    return new Headers(pairs);
  }

  private static List<String> pairsOf(Map<String, List<String>> values) {
    var pairs = new ArrayList<String>();
    values.forEach((name, list) -> {
      for (String value : list) {
        pairs.add(name.toLowerCase(Locale.ROOT));
        pairs.add(value);
      }
    });
    return pairs;
  }

  /// All of them, in the order of their names.
  public SortedMap<String, List<String>> values() {
    var values = new TreeMap<String, List<String>>();
    for (int i = 0; i < pairs.size(); i += 2) {
      values.computeIfAbsent(pairs.get(i), name -> new ArrayList<>(1)).add(pairs.get(i + 1));
    }
    values.replaceAll((name, list) -> Collections.unmodifiableList(list));
    return Collections.unmodifiableSortedMap(values);
  }

  /// Those headers only whose names, in lower case, are in `names`.
  public Headers only(Set<String> names) {
    var kept = new ArrayList<String>();
    for (int i = 0; i < pairs.size(); i += 2) {
      if (names.contains(pairs.get(i))) {
        kept.add(pairs.get(i));
        kept.add(pairs.get(i + 1));
      }
    }
    return new Headers(kept);
  }

  public List<String> all(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    var found = new ArrayList<String>(1);
    for (int i = 0; i < pairs.size(); i += 2) {
      if (pairs.get(i).equals(wanted)) {
        found.add(pairs.get(i + 1));
      }
    }
    return Collections.unmodifiableList(found);
  }

  /// The value of a header that came exactly once; a repeated header is nobody's word.
  public Optional<String> single(String name) {
    List<String> all = all(name);
    return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Headers that && values().equals(that.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  /// Names only: values may be secrets.
  @Override
  public String toString() {
    return "Headers" + values().keySet();
  }
}
