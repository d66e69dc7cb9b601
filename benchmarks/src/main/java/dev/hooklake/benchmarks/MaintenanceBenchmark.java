package dev.hooklake.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// What maintenance brings and what it costs: the time of a question over as many small commits as
/// wanted, before and after; and requests per second of a server that merges those same files
/// meanwhile beside one that does not, round by round in turn.
final class MaintenanceBenchmark {
  private static final String QUESTION =
      "SELECT metric, count(*), count(DISTINCT customer_id) FROM $table GROUP BY metric";
  private static final String MERGED = "hooklake_maintenance_compacted_files_total";
  private static final String KEPT = "kept";
  private static final int TIMES = 5;
  private static final int CONNECTIONS = 32;
  private static final int WARM_UP = 60_000;
  private static final long PACE = 6_000;

  /// A commit for each event, and nobody who tidies up.
  private static final String SMALL_COMMITS =
      """
      lake:
        commit-rows: 2
        maintenance: {enabled: false}
      """;

  private static final String NO_MAINTENANCE = "lake: {maintenance: {enabled: false}}\n";

  /// Looks every second and merges four files.
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
  /// tenths.
  boolean run() throws IOException, InterruptedException, SQLException {
    boolean faster = smallCommits();
    return intakeBeside() && faster;
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
    copy(hooklake.data(), work.resolve(KEPT));
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

  /// Once as fast as the server answers, when maintenance stands back from a lake that is behind,
  /// and once at a rate with which the lake keeps up, so that files are merged under load.
  private boolean intakeBeside() throws IOException, InterruptedException {
    double kept = medianRatio("as fast as it answers", LoadClient.NO_PACE).ratio;
    Beside paced = medianRatio("%,d events a second".formatted(PACE), PACE);
    if (paced.merged == 0) {
      System.out.println("no file was merged under load: what merging costs was not measured");
    }
    return kept >= 0.9 && paced.ratio >= 0.9 && paced.merged > 0;
  }

  /// Each server is a new one on the same small files and is loaded from its first moment on: with
  /// nothing to do, maintenance would have merged them all before the clock starts.
  private Beside medianRatio(String pace, long perSecond) throws IOException, InterruptedException {
    List<Double> ratios = new ArrayList<>();
    long merged = 0;
    System.out.printf("%n%d connections, %d events a round, %s%n", CONNECTIONS, events, pace);
    System.out.println("round   " + Side.HEADING + "    " + Side.HEADING + "  ratio  merged");
    for (int round = 1; round <= rounds; round++) {
      Side plain = loaded(NO_MAINTENANCE, perSecond);
      Side beside = loaded(BUSY_MAINTENANCE, perSecond);
      merged += beside.merged;
      ratios.add(beside.load.perSecond() / plain.load.perSecond());
      System.out.printf(
          "%5d   %s    %s  %5.2f  %6d%n",
          round, plain.line(), beside.line(), ratios.getLast(), beside.merged);
    }
    System.out.printf("median ratio %.2f%n", Median.of(ratios));
    return new Beside(Median.of(ratios), merged);
  }

  private Side loaded(String settings, long perSecond) throws IOException, InterruptedException {
    Hooklake hooklake = installation("loaded");
    hooklake.startAnew();
    copy(work.resolve(KEPT), hooklake.data());
    int port = Hooklake.freePort();
    try (MeasuredProcess server = hooklake.serve(port, settings)) {
      load(port, CONNECTIONS, WARM_UP);
      long before = hooklake.metric(server, MERGED);
      Duration cpu = server.cpu();
      LoadClient.Result load = load(port, CONNECTIONS, events, perSecond);
      double micros = server.cpu().minus(cpu).toNanos() / 1000.0 / events;
      return new Side(load, micros, hooklake.metric(server, MERGED) - before);
    }
  }

  private record Beside(double ratio, long merged) {}

  private record Side(LoadClient.Result load, double cpuMicros, long merged) {
    static final String HEADING = "events/s  p50 ms  p99 ms  CPU us";

    String line() {
      return "%8.0f  %6.2f  %6.2f  %6.1f"
          .formatted(load.perSecond(), load.millis(50), load.millis(99), cpuMicros);
    }
  }

  private LoadClient.Result load(int port, int connections, int count) throws IOException {
    return load(port, connections, count, LoadClient.NO_PACE);
  }

  /// Requests are made before the clock starts.
  private LoadClient.Result load(int port, int connections, int count, long perSecond)
      throws IOException {
    var requests =
        new SignedRequests("m" + ++batch, port, Hooklake.SECRET, System.currentTimeMillis() / 1000);
    Queue<ByteBuffer> ready = new ArrayDeque<>(count);
    for (int i = 0; i < count; i++) {
      ready.add(requests.get());
    }
    LoadClient.Result result =
        new LoadClient(port, connections).run(ready::remove, count, perSecond);
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

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Path copied = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copied.getParent());
        Files.copy(file, copied);
      }
    }
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
