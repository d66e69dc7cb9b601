package dev.hooklake.server.alerts;

import java.util.function.Function;

/// A rule is a pure function of the measurements; limits are bound when it is made.
record Rule(RuleName name, Function<Measurements, Verdict> check) {

  Verdict evaluate(Measurements measurements) {
    return check.apply(measurements);
  }
}
