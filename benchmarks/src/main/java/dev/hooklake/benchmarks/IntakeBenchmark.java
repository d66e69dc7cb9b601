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
/// port reaches when it does none of it, and when it does nothing but sync, round by round in turn:
/// first with the lake held back, so that intake is measured by itself, then with everything
/// landing meanwhile; at the end the correctness total.
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
        MeasuredProcess bare = hooklake.bare();
        MeasuredProcess synced = hooklake.synced()) {
      var targets =
          new Targets(
              new Target(server, port),
              new Target(bare, Ports.printedBy(hooklake.bareLog(), bare)),
              new Target(synced, Ports.printedBy(hooklake.syncedLog(), synced)));
      acknowledged += load(targets.ours, 32, WARM_UP).accepted();
      load(targets.bare, 32, WARM_UP);
      load(targets.synced, 32, WARM_UP);
      compare("lake held back", targets);
      Files.delete(obstacle);
      Files.createDirectory(obstacle);
      hooklake.awaitLanded(server);
      compare("landing meanwhile", targets);
      System.out.printf("peak resident memory: %d MiB%n", server.peakMegabytes());
    }
    return hooklake.landedOnce(acknowledged);
  }

  private record Target(MeasuredProcess process, int port) {}

  private record Targets(Target ours, Target bare, Target synced) {}

  private void compare(String lake, Targets targets) throws IOException {
    for (int connections : CONNECTIONS) {
      System.out.printf("%n%d connections, %d events a round, %s%n", connections, events, lake);
      System.out.println("round   " + Round.HEADING);
      List<Round> all = new ArrayList<>();
      for (int number = 1; number <= rounds; number++) {
        Round round = round(targets, connections);
        System.out.printf("%5d   %s%n", number, round.line());
        all.add(round);
      }
      System.out.printf("median  %s%n", Round.median(all));
    }
  }

  private Round round(Targets targets, int connections) throws IOException {
    Round.Side ours = measured(targets.ours, connections);
    acknowledged += events;
    return new Round(
        ours, measured(targets.bare, connections), measured(targets.synced, connections));
  }

  /// Every request was answered with 2xx, or it throws.
  private Round.Side measured(Target target, int connections) throws IOException {
    Duration before = target.process().cpu();
    LoadClient.Result result = load(target, connections, events);
    Duration cpu = target.process().cpu().minus(before);
    return new Round.Side(
        result.perSecond(), result.millis(50), result.millis(99), cpu.toNanos() / 1000.0 / events);
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
