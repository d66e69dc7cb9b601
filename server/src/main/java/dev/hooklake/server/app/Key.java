package dev.hooklake.server.app;

import org.jspecify.annotations.Nullable;

/// One setting: its name in the file, the environment variable that gives it where the file does
/// not, its default as one would write it, and what it means.
record Key<T>(
    String name, @Nullable String env, String defaultText, ValueType<T> type, String meaning) {

  T defaultValue() {
    return type.reader().apply(defaultText).orElseThrow();
  }
}
