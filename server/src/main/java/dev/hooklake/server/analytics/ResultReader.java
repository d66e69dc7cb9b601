package dev.hooklake.server.analytics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes a result as it comes: its columns once, then each row, then its end.
public interface ResultReader {
  void columns(List<String> names);

  /// Values are `String`, `Boolean`, `Number` or null; times are ISO 8601 in UTC.
  void row(List<@Nullable Object> values);

  /// Whether rows may follow; one who has enough says no, and `end` comes next.
  default boolean wantsMore() {
    return true;
  }

  /// That was all; not called after a failure.
  void end();
}
