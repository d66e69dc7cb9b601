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

  /// Each server is a new one on the same small files and is loaded from its first moment on: with
  /// nothing to do, maintenance would have merged them all before the clock starts.
  private boolean intakeBeside() throws IOException, InterruptedException {
    List<Double> ratios = new ArrayList<>();
    System.out.printf("%n%d connections, %d events a round%n", CONNECTIONS, events);
    System.out.println("round  without/s  p99 ms  with/s  p99 ms  ratio  files merged meanwhile");
    for (int round = 1; round <= rounds; round++) {
      Side plain = loaded(NO_MAINTENANCE);
      Side beside = loaded(BUSY_MAINTENANCE);
      ratios.add(beside.load.perSecond() / plain.load.perSecond());
      System.out.printf(
          "%5d  %9.0f  %6.2f  %6.0f  %6.2f  %5.2f  %d%n",
          round,
          plain.load.perSecond(),
          plain.load.millis(99),
          beside.load.perSecond(),
          beside.load.millis(99),
          ratios.getLast(),
          beside.merged);
    }
    System.out.printf("median ratio %.2f%n", Median.of(ratios));
    return Median.of(ratios) >= 0.9;
  }

  private Side loaded(String settings) throws IOException, InterruptedException {
    Hooklake hooklake = installation("loaded");
    hooklake.startAnew();
    copy(work.resolve(KEPT), hooklake.data());
    int port = Hooklake.freePort();
    try (MeasuredProcess server = hooklake.serve(port, settings)) {
      load(port, CONNECTIONS, WARM_UP);
      long before = hooklake.metric(server, MERGED);
      LoadClient.Result load = load(port, CONNECTIONS, events);
      return new Side(load, hooklake.metric(server, MERGED) - before);
    }
  }

  private record Side(LoadClient.Result load, long merged) {}

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
