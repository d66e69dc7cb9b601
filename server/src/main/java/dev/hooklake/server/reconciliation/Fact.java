package dev.hooklake.server.reconciliation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// One thing that the provider says happened to a message. The unit that is counted: a delivery
/// opened five times gives one fact, or two where a person and a machine did.
///
/// @param at when it first happened, as well as the provider tells
public record Fact(String metric, Doer doer, Instant at) {

  LocalDate day() {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  /// What tells it from the other facts of its message.
  String name() {
    return doer == Doer.ANYONE ? metric : metric + ":" + doer.label();
  }
}
