package dev.hooklake.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The program as its users run it: `./hooklake serve` and `./hooklake query`.
///
/// @param root the checkout
/// @param data an empty directory for journal and lake
/// @param adminPort a free one
record Hooklake(Path root, Path data, int adminPort) {
  static final String SECRET = "benchmark_signing_key";

  MeasuredProcess serve(int port) throws IOException, InterruptedException {
    return serve(port, "lake: {retry-max: 2s}\n");
  }

  MeasuredProcess serve(int port, String yaml) throws IOException, InterruptedException {
    Path settings = Files.writeString(data.resolveSibling("hooklake.yaml"), yaml);
    MeasuredProcess server =
        MeasuredProcess.start(
            List.of(root.resolve("hooklake").toString(), "serve", "--config", settings.toString()),
            Map.of(
                "CUSTOMERIO_WEBHOOK_SECRET", SECRET,
                "HOOKLAKE_DATA", data.toString(),
                "HOOKLAKE_PORT", Integer.toString(port),
                "HOOKLAKE_ADMIN_PORT", Integer.toString(adminPort),
                "LOG_LEVEL", "error"),
            data.resolveSibling("server.log"));
    get(server, "http://127.0.0.1:" + port + "/readyz", _ -> true);
    return server;
  }

  /// The bare server in a JVM like ours.
  MeasuredProcess bare() throws IOException {
    return yardstick(bareLog(), "bare");
  }

  /// The same with a sync before each answer, on the disk of our data.
  MeasuredProcess synced() throws IOException {
    return yardstick(syncedLog(), "synced", data.resolveSibling("synced.bodies").toString());
  }

  private MeasuredProcess yardstick(Path log, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + root.resolve("config/jvm.options"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    return MeasuredProcess.start(command, Map.of(), log);
  }

  Path bareLog() {
    return data.resolveSibling("bare.log");
  }

  Path syncedLog() {
    return data.resolveSibling("synced.log");
  }

  /// Waits until nothing in the journal is missing in the lake.
  void awaitLanded(MeasuredProcess server) throws IOException, InterruptedException {
    get(server, metricsUrl(), body -> body.contains("\nhooklake_lake_lag_records 0.0\n"));
  }

  private String metricsUrl() {
    return "http://127.0.0.1:" + adminPort + "/metrics";
  }

  /// The sum of a counter over its labels.
  long metric(MeasuredProcess server, String name) throws IOException, InterruptedException {
    return Math.round(
        get(server, metricsUrl(), _ -> true)
            .lines()
            .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .sum());
  }

  /// Leaves an empty data directory behind.
  void startAnew() throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    Files.createDirectory(data);
  }

  /// The page as soon as it is answered with 200 and looks as awaited.
  static String get(MeasuredProcess server, String url, Predicate<String> awaited)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
      while (System.nanoTime() < deadline && server.alive()) {
        String body = okBody(client, request);
        if (body != null && awaited.test(body)) {
          return body;
        }
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }
    throw new IOException(url + " did not say so within 120 s; see server.log");
  }

  private static @Nullable String okBody(HttpClient client, HttpRequest request)
      throws InterruptedException {
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? answer.body() : null;
    } catch (IOException notListeningYet) {
      return null;
    }
  }

  /// Whether every acknowledged event is in landing and in its typed table exactly once.
  boolean landedOnce(long acknowledged) throws IOException, InterruptedException {
    long rows = number("SELECT count(*) FROM webhook_landing");
    long keys = number("SELECT count(DISTINCT event_key) FROM webhook_landing");
    long typed = number("SELECT count(DISTINCT event_id) FROM email_events");
    boolean once = rows == acknowledged && keys == acknowledged && typed == acknowledged;
    System.out.printf(
        "%ncorrectness: acknowledged %d, landed rows %d, distinct keys %d, typed %d: %s%n",
        acknowledged, rows, keys, typed, once);
    return once;
  }

  /// Runs a command to its end; returns what it printed.
  String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(root.resolve("hooklake").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("HOOKLAKE_DATA", data.toString());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("failed: " + String.join(" ", arguments));
    }
    return answer;
  }

  /// The single number that a query answers.
  long number(String sql) throws IOException, InterruptedException {
    String answer = run("query", sql, "--format", "csv");
    String[] lines = answer.strip().lines().toArray(String[]::new);
    return Long.parseLong(lines[lines.length - 1].strip());
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
