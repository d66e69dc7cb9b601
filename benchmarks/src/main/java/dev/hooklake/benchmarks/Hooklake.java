package dev.hooklake.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The program as its users run it: `./hooklake serve` and `./hooklake query`.
///
/// @param root the checkout
/// @param data an empty directory for journal and lake
record Hooklake(Path root, Path data) {
  static final String SECRET = "benchmark_signing_key";

  MeasuredProcess serve(int port) throws IOException, InterruptedException {
    MeasuredProcess server =
        MeasuredProcess.start(
            List.of(root.resolve("hooklake").toString(), "serve"),
            Map.of(
                "CUSTOMERIO_WEBHOOK_SECRET", SECRET,
                "HOOKLAKE_DATA", data.toString(),
                "HOOKLAKE_PORT", Integer.toString(port),
                "HOOKLAKE_ADMIN_PORT", Integer.toString(freePort()),
                "LOG_LEVEL", "warn"),
            data.resolveSibling("server.log"));
    awaitReady(server, port);
    return server;
  }

  static void awaitReady(MeasuredProcess server, int port)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz")).build();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
      while (System.nanoTime() < deadline && server.alive()) {
        if (ready(client, request)) {
          return;
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
    throw new IOException("the server was not ready within 120 s; see server.log");
  }

  private static boolean ready(HttpClient client, HttpRequest request) throws InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notListeningYet) {
      return false;
    }
  }

  /// The single number that a query answers.
  long number(String sql) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(root.resolve("hooklake").toString(), "query", sql, "--format", "csv");
    builder.environment().put("HOOKLAKE_DATA", data.toString());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process query = builder.start();
    String answer = new String(query.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (query.waitFor() != 0) {
      throw new IOException("query failed: " + sql);
    }
    String[] lines = answer.strip().lines().toArray(String[]::new);
    return Long.parseLong(lines[lines.length - 1].strip());
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
