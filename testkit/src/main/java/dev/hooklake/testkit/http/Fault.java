package dev.hooklake.testkit.http;

/// What goes wrong with one request instead of an answer.
public sealed interface Fault {

  /// Answered, but with this.
  record Answered(Reply reply) implements Fault {}

  /// Never answered, as long as the fake is open.
  record Silence() implements Fault {}

  /// The connection ends in the middle of the answer.
  record CutOff() implements Fault {}

  /// It is done, and then the answer is lost.
  record Lost() implements Fault {}
}
