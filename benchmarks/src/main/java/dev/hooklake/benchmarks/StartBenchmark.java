package dev.hooklake.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// From the command to the first answer 200 on `/readyz`, and the memory held then: first with
/// nothing, then with a duplicate window of many keys, which must be recognised afterwards.
final class StartBenchmark {
  private static final int ASKED = 2_000;

  private final Hooklake hooklake;
  private final long keys;
  private final int starts;

  StartBenchmark(Hooklake hooklake, long keys, int starts) {
    this.hooklake = hooklake;
    this.keys = keys;
    this.starts = starts;
  }

  /// Answers whether every known key was recognised and no other.
  boolean run() throws IOException, InterruptedException {
    long emptyMegabytes = starts("empty journal");
    KeyWindow window = new KeyWindow(hooklake.data().resolve("journal"), keys);
    hooklake.startAnew();
    long begun = System.nanoTime();
    window.build();
    System.out.printf(
        Locale.ROOT, "%nbuilt a window of %,d keys in %.1f s%n", keys, seconds(begun));
    long fullMegabytes = starts("%,d keys in the duplicate window".formatted(keys));
    System.out.printf("the window takes %d MiB resident%n", fullMegabytes - emptyMegabytes);
    return recognised();
  }

  /// The median of the memory.
  private long starts(String what) throws IOException, InterruptedException {
    System.out.printf("%n%s%nstart  ready after s  resident MiB%n", what);
    List<Double> readyAfter = new ArrayList<>();
    List<Double> megabytes = new ArrayList<>();
    for (int start = 1; start <= starts; start++) {
      long begun = System.nanoTime();
      try (MeasuredProcess server = hooklake.serve(Hooklake.freePort())) {
        readyAfter.add(seconds(begun));
        megabytes.add((double) server.residentMegabytes());
      }
      System.out.printf(
          Locale.ROOT, "%5d  %13.2f  %12.0f%n", start, readyAfter.getLast(), megabytes.getLast());
    }
    System.out.printf(
        Locale.ROOT, "median %13.2f  %12.0f%n", Median.of(readyAfter), Median.of(megabytes));
    return Math.round(Median.of(megabytes));
  }

  private boolean recognised() throws IOException, InterruptedException {
    int port = Hooklake.freePort();
    try (MeasuredProcess server = hooklake.serve(port)) {
      send(port, KeyWindow.RUN);
      long duplicates = hooklake.metric(server, "hooklake_events_duplicate_total");
      send(port, "fresh");
      long accepted = hooklake.metric(server, "hooklake_events_accepted_total");
      System.out.printf(
          "%ncorrectness: of %d known keys %d were duplicates, of %d new ones %d were accepted%n",
          ASKED, duplicates, ASKED, accepted);
      return duplicates == ASKED && accepted == ASKED;
    }
  }

  private static void send(int port, String run) throws IOException {
    var requests =
        new SignedRequests(run, port, Hooklake.SECRET, System.currentTimeMillis() / 1000);
    new LoadClient(port, 8).run(requests, ASKED);
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
