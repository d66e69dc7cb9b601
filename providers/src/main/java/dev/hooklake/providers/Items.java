package dev.hooklake.providers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads the array of a list, whole or not at all: an entry passed over would look as if it had
/// never been, and what is counted against the list as complete.
public final class Items {
  private Items() {}

  /// The entries of an array, in its order; failed when the array is not there, or when an entry
  /// cannot be read.
  ///
  /// @param what is listed, for messages
  /// @param read empty for an entry without what makes it one
  public static <T> Answer<List<T>> of(
      JsonNode json, String array, String what, Function<JsonNode, Optional<T>> read) {
    if (!json.path(array).isArray()) {
      return unreadable("the list of " + what + " came without its array '" + array + "'");
    }
    List<T> items = new ArrayList<>();
    for (JsonNode entry : json.path(array)) {
      Optional<T> item = read.apply(entry);
      if (item.isEmpty()) {
        return unreadable(
            "the list of " + what + " has an entry without a field that each must have");
      }
      items.add(item.get());
    }
    return Answer.given(List.copyOf(items));
  }

  private static <T> Answer<T> unreadable(String why) {
    return Answer.failed(new Failure.Unreadable(why));
  }
}
