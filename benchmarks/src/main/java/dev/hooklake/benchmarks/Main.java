package dev.hooklake.benchmarks;

import dev.hooklake.server.intake.BareServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Started by `benchmarks/run`, which gives the checkout's root as the first argument.
public final class Main {
  private Main() {}

  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "bare" -> BareServer.serve();
      case "synced" -> BareServer.serveSynced(Path.of(args[1]));
      default -> measure(args);
    }
  }

  private static void measure(String[] args) throws Exception {
    Path work = Files.createTempDirectory("hooklake-benchmark");
    int data = Arrays.asList(args).indexOf("--data");
    Hooklake hooklake =
        new Hooklake(
            Path.of(args[0]),
            data < 0 ? Files.createDirectory(work.resolve("data")) : Path.of(args[data + 1]),
            Hooklake.freePort());
    System.out.println(Machine.describe());
    System.exit(correct(args, work, hooklake) ? 0 : 1);
  }

  private static boolean correct(String[] args, Path work, Hooklake hooklake) throws Exception {
    return switch (args[1]) {
      case "intake" ->
          new IntakeBenchmark(
                  hooklake, option(args, "--rounds", 5), option(args, "--events", 100_000))
              .run();
      case "lake" ->
          new LakeBenchmark(hooklake, option(args, "--rate", 10_000), option(args, "--seconds", 60))
              .run();
      case "start" ->
          new StartBenchmark(
                  hooklake, option(args, "--keys", 10_000_000), option(args, "--starts", 3))
              .run();
      case "tracking" ->
          new TrackingBenchmark(
                  Path.of(args[0]),
                  work,
                  option(args, "--rounds", 5),
                  option(args, "--events", 100_000))
              .run();
      case "reports" -> reports(hooklake);
      case "growth" -> new GrowthBenchmark(hooklake, sizes(args)).run();
      case "maintenance" ->
          new MaintenanceBenchmark(
                  Path.of(args[0]),
                  work,
                  option(args, "--commits", 5_000),
                  option(args, "--rounds", 5),
                  option(args, "--events", 200_000))
              .run();
      default -> throw new IllegalArgumentException("no benchmark " + args[1]);
    };
  }

  /// Of a lake that is there.
  private static boolean reports(Hooklake hooklake) throws Exception {
    try (MeasuredProcess server = hooklake.serve(Hooklake.freePort())) {
      new ReportTimes(hooklake).print();
      System.out.println("peak memory " + server.peakMegabytes() + " MiB");
    }
    return true;
  }

  private static List<Long> sizes(String[] args) {
    int at = Arrays.asList(args).indexOf("--events");
    String list = at < 0 ? "1000000,10000000" : args[at + 1];
    return Arrays.stream(list.split(",", -1)).map(Long::valueOf).toList();
  }

  private static int option(String[] args, String name, int otherwise) {
    int at = Arrays.asList(args).indexOf(name);
    return at < 0 ? otherwise : Integer.parseInt(args[at + 1]);
  }
}
