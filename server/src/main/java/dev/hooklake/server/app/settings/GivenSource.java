package dev.hooklake.server.app.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.sources.PublicAddress;
import dev.hooklake.sources.signature.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was given for one source.
///
/// @param name of the source, as it will stand in every table
/// @param secrets none when nothing is to be verified
/// @param publicUrl under which base URL the provider calls us; null when nobody said
record GivenSource(
    GivenSettings given,
    SourceType type,
    String name,
    List<Secret> secrets,
    @Nullable String publicUrl) {
  private static final String PREFIX = "sources.";

  GivenSource {
    secrets = List.copyOf(secrets);
  }

  /// A key of a source as it counts for this one: from the environment only for the source that
  /// bears its type's name.
  static <T> Key<T> key(Key<T> key, SourceType type, String name) {
    return name.equals(type.name()) ? key.of(name) : key.of(name).onlyInFile();
  }

  <T> T value(Key<T> key) {
    return given.value(key(key, type, name));
  }

  List<String> texts(Key<?> key) {
    return given.texts(key(key, type, name));
  }

  boolean verified() {
    return !secrets.isEmpty();
  }

  PublicAddress address() {
    return publicUrl == null ? PublicAddress.OF_REQUEST : PublicAddress.of(publicUrl);
  }

  /// Everything written below the source in the file.
  ObjectNode tree() {
    return given.tree(PREFIX + name);
  }

  /// @param path the dotted name below the source
  void refuse(String path, String reason, String remedy) {
    given.refuse(given.whereIs(PREFIX + name + "." + path), reason, remedy);
  }
}
