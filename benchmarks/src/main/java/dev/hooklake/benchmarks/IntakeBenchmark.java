package dev.hooklake.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/// Requests per second that are verified, de-duplicated and synced, beside what the same public
/// port reaches when it does none of it, round by round in turn: first with the lake held back, so
/// that intake is measured by itself, then with everything landing meanwhile; at the end the
/// correctness total.
final class IntakeBenchmark {
  private static final int[] CONNECTIONS = {32, 128};
  private static final int WARM_UP = 60_000;

  private final Hooklake hooklake;
  private final int rounds;
  private final int events;
  private long acknowledged;
  private int batch;

  IntakeBenchmark(Hooklake hooklake, int rounds, int events) {
    this.hooklake = hooklake;
    this.rounds = rounds;
    this.events = events;
  }

  /// Answers whether every acknowledged event was found in the lake exactly once.
  boolean run() throws IOException, InterruptedException {
    // A file where the lake's directory belongs: the lake consumer keeps trying, the journal grows.
    Path obstacle = Files.createFile(hooklake.data().resolve("lake"));
    int port = Hooklake.freePort();
    try (MeasuredProcess server = hooklake.serve(port);
        MeasuredProcess bare = hooklake.bare()) {
      int barePort = Ports.printedBy(hooklake.bareLog(), bare);
      Target ours = new Target(server, port);
      Target yardstick = new Target(bare, barePort);
      acknowledged += load(ours, 32, WARM_UP).accepted();
      load(yardstick, 32, WARM_UP);
      compare("lake held back", ours, yardstick);
      Files.delete(obstacle);
      Files.createDirectory(obstacle);
      hooklake.awaitLanded(server);
      compare("landing meanwhile", ours, yardstick);
      System.out.printf("peak resident memory: %d MiB%n", server.peakMegabytes());
    }
    return hooklake.landedOnce(acknowledged);
  }

  private record Target(MeasuredProcess process, int port) {}

  private void compare(String lake, Target ours, Target bare) throws IOException {
    for (int connections : CONNECTIONS) {
      System.out.printf("%n%d connections, %d events a round, %s%n", connections, events, lake);
      System.out.println(
          "round  hooklake/s  p50 ms  p99 ms  CPU us/event      bare/s  CPU us  ratio");
      List<Round> all = new ArrayList<>();
      for (int number = 1; number <= rounds; number++) {
        Round round = round(ours, bare, connections);
        System.out.printf("%5d  %s%n", number, round.line());
        all.add(round);
      }
      System.out.printf("median %s%n", Round.median(all).line());
    }
  }

  private Round round(Target ours, Target bare, int connections) throws IOException {
    Measured our = measured(ours, connections);
    acknowledged += our.result().accepted();
    Measured its = measured(bare, connections);
    return new Round(
        our.result().perSecond(),
        our.result().millis(50),
        our.result().millis(99),
        our.cpuMicros(),
        its.result().perSecond(),
        its.cpuMicros(),
        our.result().perSecond() / its.result().perSecond());
  }

  private record Measured(LoadClient.Result result, double cpuMicros) {}

  private Measured measured(Target target, int connections) throws IOException {
    Duration before = target.process().cpu();
    LoadClient.Result result = load(target, connections, events);
    Duration cpu = target.process().cpu().minus(before);
    return new Measured(result, cpu.toNanos() / 1000.0 / events);
  }

  /// Requests are made before the clock starts.
  private LoadClient.Result load(Target target, int connections, int count) throws IOException {
    var requests =
        new SignedRequests(
            "r" + ++batch, target.port(), Hooklake.SECRET, System.currentTimeMillis() / 1000);
    Queue<ByteBuffer> ready = new ArrayDeque<>(count);
    for (int i = 0; i < count; i++) {
      ready.add(requests.get());
    }
    LoadClient.Result result = new LoadClient(target.port(), connections).run(ready::remove, count);
    if (result.refused() > 0 || !target.process().alive()) {
      throw new IOException(result.refused() + " requests were refused; see server.log");
    }
    return result;
  }
}
