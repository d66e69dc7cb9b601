package dev.hooklake.server.admin;

import java.io.IOException;

/// Sends an invented, correctly signed event to one of our own sources, through its public path.
@FunctionalInterface
public interface TestSender {

  Result send(String source) throws IOException, InterruptedException;

  /// What the source answered.
  ///
  /// @param key of the event that was sent; empty when none could be made
  /// @param text the answer, or why none could be made
  record Result(boolean accepted, String key, String text) {}
}
