package dev.hooklake.server.cli;

import dev.hooklake.server.simulator.LoadReport;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/// A load report in words.
final class LoadText {
  private LoadText() {}

  static String line(LoadReport report) {
    return String.format(
        Locale.ROOT,
        "%,d answered 2xx, %,.0f/s, %,d retries",
        report.answered(),
        report.perSecond(),
        report.retries());
  }

  static void print(LoadReport report, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%,d events answered 2xx in %s (%,.0f/s): %,d for the first time, %,d sent again on"
            + " purpose%n",
        report.answered(),
        Durations.text(report.elapsed()),
        report.perSecond(),
        report.firsts(),
        report.repeats());
    out.printf(
        Locale.ROOT,
        "answered within %s (half), %s (99 of 100)%n",
        millis(report.p50Micros()),
        millis(report.p99Micros()));
    report
        .statuses()
        .forEach((status, count) -> out.printf(Locale.ROOT, "HTTP %d: %,d%n", status, count));
    out.printf(
        Locale.ROOT,
        "no answer: %,d; sent again after that or a refusal: %,d; given up: %,d%n",
        report.brokenConnections(),
        report.retries(),
        report.givenUp());
    out.flush();
  }

  private static String millis(long micros) {
    return micros < 10_000
        ? String.format(Locale.ROOT, "%.2f ms", micros / 1_000.0)
        : Durations.text(Duration.ofNanos(micros * 1_000));
  }
}
