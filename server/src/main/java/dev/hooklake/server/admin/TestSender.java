package dev.hooklake.server.admin;

import java.io.IOException;

/// Sends an invented, correctly signed event to one of our own sources, through its public path.
@FunctionalInterface
public interface TestSender {

  Result send(String source) throws IOException, InterruptedException;

  /// What became of a test event.
  enum Outcome {
    ACCEPTED,
    REFUSED,
    /// The server could not take it, but may do so later.
    NOT_NOW
  }

  /// What the source answered.
  ///
  /// @param key of the event that was sent; empty when none could be made
  /// @param text the answer, or why none could be made
  record Result(Outcome outcome, String key, String text) {
    public boolean accepted() {
      return outcome == Outcome.ACCEPTED;
    }
  }
}
