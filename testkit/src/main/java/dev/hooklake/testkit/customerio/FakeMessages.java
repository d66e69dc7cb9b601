package dev.hooklake.testkit.customerio;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The messages a fake lists.
public interface FakeMessages {

  /// A piece of the messages created in a window, in a steady order.
  ///
  /// @param from epoch seconds
  /// @param to epoch seconds, included
  /// @param after how many of the window to pass over
  List<FakeMessage> page(long from, long to, long after, int limit);

  Optional<FakeMessage> byId(String id);

  /// All of them, one after the other.
  Stream<FakeMessage> all();
}
