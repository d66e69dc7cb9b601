package dev.hooklake.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// What maintenance brings and what it costs: the time of a question over as many small commits as
/// wanted, before and after; and requests per second of a server that maintains all the time beside
/// one that does not, round by round in turn.
final class MaintenanceBenchmark {
  private static final String QUESTION =
      "SELECT metric, count(*), count(DISTINCT customer_id) FROM $table GROUP BY metric";
  private static final int TIMES = 5;
  private static final int CONNECTIONS = 32;
  private static final int WARM_UP = 60_000;

  /// A commit for each event, and nobody who tidies up.
  private static final String SMALL_COMMITS =
      """
      lake:
        commit-rows: 2
        maintenance: {enabled: false}
      """;

  private static final String NO_MAINTENANCE = "lake: {maintenance: {enabled: false}}\n";

  /// Looks every second and merges four files, so that it always has something to do.
  private static final String BUSY_MAINTENANCE =
      "lake: {maintenance: {interval: 1s, open-day-files: 4}}\n";

  private final Path root;
  private final Path work;
  private final int commits;
  private final int rounds;
  private final int events;
  private int batch;

  MaintenanceBenchmark(Path root, Path work, int commits, int rounds, int events) {
    this.root = root;
    this.work = work;
    this.commits = commits;
    this.rounds = rounds;
    this.events = events;
  }

  /// Answers whether no row was lost, the question became ten times as fast, and intake kept nine
  /// tenths; a part of which nothing is wanted is left out.
  boolean run() throws IOException, InterruptedException, SQLException {
    boolean faster = commits == 0 || smallCommits();
    return (rounds == 0 || intakeBeside()) && faster;
  }

  private boolean smallCommits() throws IOException, InterruptedException, SQLException {
    Hooklake hooklake = installation("small");
    int port = Hooklake.freePort();
    Path landing = hooklake.data().resolve("lake/webhook_landing");
    try (MeasuredProcess server = hooklake.serve(port, SMALL_COMMITS)) {
      load(port, 1, commits);
      while (entries(landing.resolve("_delta_log"), ".json") < commits && server.alive()) {
        TimeUnit.MILLISECONDS.sleep(200);
      }
      hooklake.awaitLanded(server);
    }
    Path table = hooklake.data().resolve("lake/processed_events/email_events");
    Timing before = question(table);
    double wholeBefore = whole(hooklake);
    long began = System.nanoTime();
    hooklake.run("lake", "maintain");
    double maintained = (System.nanoTime() - began) / 1e9;
    Timing after = question(table);
    double wholeAfter = whole(hooklake);
    System.out.printf(
        "%d commits of one event; maintained in %.1f s%n"
            + "files of email_events: %d before, %d after%n"
            + "question: %.1f ms before, %.1f ms after: %.0f times as fast (medians of %d)%n"
            + "./hooklake query, whole command: %.2f s before, %.2f s after%n",
        commits,
        maintained,
        before.files,
        after.files,
        before.millis,
        after.millis,
        before.millis / after.millis,
        TIMES,
        wholeBefore,
        wholeAfter);
    boolean same = before.answer.equals(after.answer);
    System.out.println("same answer: " + same);
    return same && before.millis >= 10 * after.millis;
  }

  private Timing question(Path table) throws IOException, SQLException {
    List<Path> files = ValidFiles.of(table);
    String answer = "";
    List<Double> millis = new ArrayList<>();
    for (int time = 0; time < TIMES; time++) {
      long began = System.nanoTime();
      answer = ValidFiles.query(files, QUESTION);
      millis.add((System.nanoTime() - began) / 1e6);
    }
    return new Timing(files.size(), Median.of(millis), answer);
  }

  private double whole(Hooklake hooklake) throws IOException, InterruptedException {
    List<Double> seconds = new ArrayList<>();
    for (int time = 0; time < TIMES; time++) {
      long began = System.nanoTime();
      hooklake.number("SELECT count(DISTINCT customer_id) FROM email_events");
      seconds.add((System.nanoTime() - began) / 1e9);
    }
    return Median.of(seconds);
  }

  private boolean intakeBeside() throws IOException, InterruptedException {
    Hooklake without = installation("without");
    Hooklake with = installation("with");
    int portWithout = Hooklake.freePort();
    int portWith = Hooklake.freePort();
    List<Double> ratios = new ArrayList<>();
    try (MeasuredProcess first = without.serve(portWithout, NO_MAINTENANCE);
        MeasuredProcess second = with.serve(portWith, BUSY_MAINTENANCE)) {
      load(portWithout, CONNECTIONS, WARM_UP);
      load(portWith, CONNECTIONS, WARM_UP);
      System.out.printf("%n%d connections, %d events a round%n", CONNECTIONS, events);
      System.out.println("round  without/s  p99 ms  with maintenance/s  p99 ms  ratio");
      for (int round = 1; round <= rounds; round++) {
        ratios.add(ratio(round, portWithout, portWith));
      }
      System.out.printf(
          "maintenance merged %d files meanwhile%n",
          with.metric(second, "hooklake_maintenance_compacted_files_total"));
      System.out.printf(
          "median ratio %.2f; peak memory %d MiB without, %d MiB with%n",
          Median.of(ratios), first.peakMegabytes(), second.peakMegabytes());
    }
    Path table = with.data().resolve("lake/webhook_landing");
    System.out.printf(
        "landing with maintenance: %d commits, %d files left%n",
        entries(table.resolve("_delta_log"), ".json"), ValidFiles.of(table).size());
    return Median.of(ratios) >= 0.9;
  }

  private double ratio(int round, int portWithout, int portWith) throws IOException {
    LoadClient.Result plain = load(portWithout, CONNECTIONS, events);
    LoadClient.Result beside = load(portWith, CONNECTIONS, events);
    double ratio = beside.perSecond() / plain.perSecond();
    System.out.printf(
        "%5d  %9.0f  %6.2f  %18.0f  %6.2f  %5.2f%n",
        round, plain.perSecond(), plain.millis(99), beside.perSecond(), beside.millis(99), ratio);
    return ratio;
  }

  /// Requests are made before the clock starts.
  private LoadClient.Result load(int port, int connections, int count) throws IOException {
    var requests =
        new SignedRequests("m" + ++batch, port, Hooklake.SECRET, System.currentTimeMillis() / 1000);
    Queue<ByteBuffer> ready = new ArrayDeque<>(count);
    for (int i = 0; i < count; i++) {
      ready.add(requests.get());
    }
    LoadClient.Result result = new LoadClient(port, connections).run(ready::remove, count);
    if (result.refused() > 0) {
      throw new IOException(result.refused() + " requests were refused; see server.log");
    }
    return result;
  }

  /// In a directory of its own, so that settings and logs of two never meet.
  private Hooklake installation(String name) throws IOException {
    Path data = Files.createDirectories(work.resolve(name).resolve("data"));
    return new Hooklake(root, data, Hooklake.freePort());
  }

  private static long entries(Path directory, String ending) throws IOException {
    if (!Files.isDirectory(directory)) {
      return 0;
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(entry -> entry.toString().endsWith(ending)).count();
    }
  }

  private record Timing(int files, double millis, String answer) {}
}
