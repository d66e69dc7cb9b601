package dev.hooklake.server.alerts;

import java.time.Instant;

/// Nobody is told of these alerts until a time; they are kept and shown all the same.
///
/// @param rule a rule's label; empty for every rule
/// @param subject empty for every subject
public record Silence(
    String id, String rule, String subject, Instant until, String reason, String createdBy) {
  private static final int LONGEST = 500;

  public Silence {
    if (!rule.isEmpty() && RuleName.of(rule).isEmpty()) {
      throw new IllegalArgumentException(
          "there is no rule '" + rule + "'; there are " + String.join(", ", RuleName.labels()));
    }
    if (subject.length() > LONGEST || reason.length() > LONGEST) {
      throw new IllegalArgumentException(
          "subject and reason may have " + LONGEST + " characters each");
    }
  }

  boolean covers(Alert alert) {
    return (rule.isEmpty() || rule.equals(alert.rule().label()))
        && (subject.isEmpty() || subject.equals(alert.subject()));
  }
}
