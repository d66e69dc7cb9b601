package dev.hooklake.benchmarks;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/// A steady rate from the request into landing and typed tables: does the lag stay where it is, how
/// long is an event on its way, what does it cost?
final class LakeBenchmark {
  private static final int CONNECTIONS = 64;

  private final Hooklake hooklake;
  private final long perSecond;
  private final int seconds;

  LakeBenchmark(Hooklake hooklake, long perSecond, int seconds) {
    this.hooklake = hooklake;
    this.perSecond = perSecond;
    this.seconds = seconds;
  }

  /// Answers whether every acknowledged event was found in the lake exactly once.
  boolean run() throws IOException, InterruptedException, SQLException {
    int port = Hooklake.freePort();
    var requests =
        new SignedRequests("lake", port, Hooklake.SECRET, System.currentTimeMillis() / 1000);
    LoadClient.Result result;
    try (MeasuredProcess server = hooklake.serve(port)) {
      Duration before = server.cpu();
      result = new LoadClient(port, CONNECTIONS).run(requests, perSecond * seconds, perSecond);
      Duration cpu = server.cpu().minus(before);
      System.out.printf(
          "%d events in %.1f s: %.0f/s, refused %d, answer p50 %.2f ms, p99 %.2f ms%n",
          result.accepted(),
          result.seconds(),
          result.perSecond(),
          result.refused(),
          result.millis(50),
          result.millis(99));
      System.out.printf(
          "CPU %.1f us/event (intake, journal, decoding, both commits), peak memory %d MiB%n",
          cpu.toNanos() / 1000.0 / result.accepted(), server.peakMegabytes());
    }
    TimeToTable.print(hooklake.data().resolve("lake/webhook_landing"), seconds);
    return hooklake.landedOnce(result.accepted());
  }
}
