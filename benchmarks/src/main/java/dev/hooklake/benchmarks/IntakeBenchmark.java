package dev.hooklake.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/// Requests per second that are verified, de-duplicated and synced, beside what the same HTTP
/// server reaches when it does nothing, round by round in turn; then the correctness total.
final class IntakeBenchmark {
  private static final int[] CONNECTIONS = {32, 128};
  private static final int WARM_UP = 60_000;

  private final Hooklake hooklake;
  private final int rounds;
  private final int events;
  private long accepted;
  private int batch;

  IntakeBenchmark(Hooklake hooklake, int rounds, int events) {
    this.hooklake = hooklake;
    this.rounds = rounds;
    this.events = events;
  }

  /// Answers whether every acknowledged event was found in the lake exactly once.
  boolean run(Path javaHome, String classPath) throws IOException, InterruptedException {
    int port = Hooklake.freePort();
    try (MeasuredProcess server = hooklake.serve(port);
        MeasuredProcess baseline = startBaseline(javaHome, classPath)) {
      int baselinePort = Ports.printedBy(hooklake.data().resolveSibling("baseline.log"), baseline);
      load(port, server, 32, WARM_UP);
      load(baselinePort, baseline, 32, WARM_UP);
      accepted = 0;
      for (int connections : CONNECTIONS) {
        compare(server, port, baseline, baselinePort, connections);
      }
      System.out.printf("peak resident memory: %d MiB%n", server.peakMegabytes());
    }
    return landedOnce();
  }

  private void compare(
      MeasuredProcess server, int port, MeasuredProcess baseline, int baselinePort, int connections)
      throws IOException {
    System.out.printf("%n%d connections, %d events a round%n", connections, events);
    System.out.println("round  hooklake/s  p50 ms  p99 ms  CPU us/event  yardstick/s  ratio");
    List<Double> rates = new ArrayList<>();
    List<Double> tails = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    List<Double> costs = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      Duration before = server.cpu();
      LoadClient.Result ours = load(port, server, connections, events);
      double cost = server.cpu().minus(before).toNanos() / 1000.0 / events;
      LoadClient.Result theirs = load(baselinePort, baseline, connections, events);
      accepted -= theirs.accepted();
      double ratio = ours.perSecond() / theirs.perSecond();
      System.out.printf(
          "%5d  %10.0f  %6.2f  %6.2f  %12.1f  %11.0f  %5.2f%n",
          round,
          ours.perSecond(),
          ours.millis(50),
          ours.millis(99),
          cost,
          theirs.perSecond(),
          ratio);
      rates.add(ours.perSecond());
      tails.add(ours.millis(99));
      ratios.add(ratio);
      costs.add(cost);
    }
    System.out.printf(
        "median %10.0f          %6.2f  %12.1f               %5.2f%n",
        Median.of(rates), Median.of(tails), Median.of(costs), Median.of(ratios));
  }

  /// Requests are made before the clock starts.
  private LoadClient.Result load(int port, MeasuredProcess server, int connections, int count)
      throws IOException {
    var requests =
        new SignedRequests("r" + ++batch, port, Hooklake.SECRET, System.currentTimeMillis() / 1000);
    Queue<ByteBuffer> ready = new ArrayDeque<>(count);
    for (int i = 0; i < count; i++) {
      ready.add(requests.get());
    }
    LoadClient.Result result = new LoadClient(port, connections).run(ready::remove, count);
    if (result.refused() > 0 || !server.alive()) {
      throw new IOException(result.refused() + " requests were refused; see server.log");
    }
    accepted += result.accepted();
    return result;
  }

  private MeasuredProcess startBaseline(Path javaHome, String classPath) throws IOException {
    return MeasuredProcess.start(
        List.of(
            javaHome.resolve("bin/java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx320m",
            "-cp",
            classPath,
            Main.class.getName(),
            "baseline"),
        Map.of(),
        hooklake.data().resolveSibling("baseline.log"));
  }

  private boolean landedOnce() throws IOException, InterruptedException {
    long expected = accepted + WARM_UP;
    long rows = hooklake.number("SELECT count(*) FROM webhook_landing");
    long keys = hooklake.number("SELECT count(DISTINCT event_key) FROM webhook_landing");
    long typed = hooklake.number("SELECT count(DISTINCT event_id) FROM email_events");
    System.out.printf(
        "%ncorrectness: acknowledged %d, landed rows %d, distinct keys %d, typed %d: %s%n",
        expected, rows, keys, typed, rows == expected && keys == expected && typed == expected);
    return rows == expected && keys == expected && typed == expected;
  }
}
