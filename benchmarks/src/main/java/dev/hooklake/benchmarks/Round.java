package dev.hooklake.benchmarks;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// One line of the intake table: our port, and beside it the bare one, each with its CPU time a
/// request.
record Round(
    double perSecond,
    double p50Millis,
    double p99Millis,
    double cpuMicros,
    double barePerSecond,
    double bareCpuMicros,
    double ratio) {

  /// The middle of each column by itself.
  static Round median(List<Round> rounds) {
    return new Round(
        middle(rounds, Round::perSecond),
        middle(rounds, Round::p50Millis),
        middle(rounds, Round::p99Millis),
        middle(rounds, Round::cpuMicros),
        middle(rounds, Round::barePerSecond),
        middle(rounds, Round::bareCpuMicros),
        middle(rounds, Round::ratio));
  }

  private static double middle(List<Round> rounds, ToDoubleFunction<Round> column) {
    return Median.of(rounds.stream().map(column::applyAsDouble).toList());
  }

  String line() {
    return "%10.0f  %6.2f  %6.2f  %12.1f  %10.0f  %6.1f  %5.2f"
        .formatted(perSecond, p50Millis, p99Millis, cpuMicros, barePerSecond, bareCpuMicros, ratio);
  }
}
