package dev.hooklake.server.app.settings;

import java.util.List;

/// One area of the settings: the keys it has, and how they become its own record.
///
/// Reading never fails. What is wrong is told to the given settings, with where, why and what to
/// do, and a default goes on in its place, so that all that is wrong is found in one go.
public interface Section<T> {

  /// Its heading on the reference page.
  String title();

  List<Key<?>> keys();

  T read(GivenSettings given);

  /// Whether it knows what to do with a name in the file, if only to say what is wrong with it.
  default boolean covers(String name) {
    return keys().stream().anyMatch(key -> key.covers(name));
  }

  /// How the keys stand on the reference page.
  default List<KeyTable> tables() {
    return List.of(new KeyTable(title(), keys()));
  }

  /// What `hooklake init` shows of it.
  default List<Key<?>> inSample() {
    return keys();
  }
}
