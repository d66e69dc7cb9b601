package dev.hooklake.benchmarks;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// One line of the intake table: our port, the bare one, and the one that only syncs, each with its
/// CPU time a request.
record Round(Side ours, Side bare, Side synced) {

  static final String HEADING =
      "hooklake/s  p50 ms  p99 ms  CPU us      bare/s  CPU us  ratio    synced/s  CPU us  ratio";

  /// One server in one round.
  record Side(double perSecond, double p50Millis, double p99Millis, double cpuMicros) {}

  /// The middle of each column by itself.
  static String median(List<Round> rounds) {
    return line(column -> Median.of(rounds.stream().map(column::applyAsDouble).toList()));
  }

  String line() {
    return line(column -> column.applyAsDouble(this));
  }

  private static String line(ToDoubleFunction<ToDoubleFunction<Round>> value) {
    return "%10.0f  %6.2f  %6.2f  %6.1f  %10.0f  %6.1f  %5.2f  %10.0f  %6.1f  %5.2f"
        .formatted(
            value.applyAsDouble(round -> round.ours.perSecond),
            value.applyAsDouble(round -> round.ours.p50Millis),
            value.applyAsDouble(round -> round.ours.p99Millis),
            value.applyAsDouble(round -> round.ours.cpuMicros),
            value.applyAsDouble(round -> round.bare.perSecond),
            value.applyAsDouble(round -> round.bare.cpuMicros),
            value.applyAsDouble(round -> round.ours.perSecond / round.bare.perSecond),
            value.applyAsDouble(round -> round.synced.perSecond),
            value.applyAsDouble(round -> round.synced.cpuMicros),
            value.applyAsDouble(round -> round.ours.perSecond / round.synced.perSecond));
  }
}
