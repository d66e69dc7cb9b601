package dev.hooklake.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What becomes slower as the lake grows: start, intake and landing, memory, and the reports, at
/// each of several sizes of one lake.
final class GrowthBenchmark {
  private static final int CONNECTIONS = 32;
  private static final int SENT = 100_000;

  private final Hooklake hooklake;
  private final List<Long> sizes;

  GrowthBenchmark(Hooklake hooklake, List<Long> sizes) {
    this.hooklake = hooklake;
    this.sizes = sizes;
  }

  boolean run() throws IOException, InterruptedException {
    Path lake = hooklake.data().resolve("lake");
    try (LakeFilling filling = new LakeFilling(lake)) {
      for (long size : sizes) {
        long begun = System.nanoTime();
        filling.upTo(size);
        System.out.printf(
            Locale.ROOT,
            "%n%,d events landed (the last part took %.0f s), %d files, %,d MiB%n",
            size,
            seconds(begun),
            files(lake),
            bytes(lake) >> 20);
        serve();
      }
    }
    return true;
  }

  private void serve() throws IOException, InterruptedException {
    int port = Hooklake.freePort();
    long begun = System.nanoTime();
    try (MeasuredProcess server = hooklake.serve(port)) {
      double ready = seconds(begun);
      var requests =
          new SignedRequests("g" + begun, port, Hooklake.SECRET, System.currentTimeMillis() / 1000);
      new LoadClient(port, CONNECTIONS).run(requests, SENT);
      LoadClient.Result result = new LoadClient(port, CONNECTIONS).run(requests, SENT);
      hooklake.awaitLanded(server);
      System.out.printf(
          Locale.ROOT,
          "ready after %.2f s; intake %.0f/s beside landing, p99 %.1f ms; peak memory %d MiB%n",
          ready,
          result.perSecond(),
          result.millis(99),
          server.peakMegabytes());
      new ReportTimes(hooklake).print();
      System.out.printf(Locale.ROOT, "peak memory with reports %d MiB%n", server.peakMegabytes());
    }
  }

  private static long files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).count();
    }
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
