package dev.hooklake.server.alerts.channel;

import java.time.Instant;
import java.util.Locale;

/// What people are told. Nothing in it is secret or about a person.
///
/// @param id the same for every attempt
/// @param remedy what to do
/// @param at when it is told
public record Notice(
    String id,
    State state,
    String rule,
    String subject,
    String severity,
    String summary,
    String remedy,
    Instant startedAt,
    Instant at) {

  /// What is told of an alert.
  public enum State {
    FIRING,
    RESOLVED,
    TEST;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static Notice test(String id, Instant now) {
    return new Notice(
        id,
        State.TEST,
        "test",
        "hooklake",
        "warning",
        "This is a test: alerts of this server arrive here",
        "Nothing is to be done.",
        now,
        now);
  }

  /// One line for people, such as a subject.
  public String title() {
    return "[" + (state == State.FIRING ? severity : state.label()) + "] " + summary;
  }
}
