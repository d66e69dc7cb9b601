package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `./hooklake serve` as a process, with the API of a fake Customer.io in its settings, asked
/// through its admin port.
final class ReconcilingServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Program program;
  private final HttpClient http = HttpClient.newHttpClient();
  private Process process;
  private int starts;

  ReconcilingServer(Path folder, URI api) throws IOException {
    this.folder = folder;
    this.program = new Program(folder);
    Files.writeString(
        folder.resolve("hooklake.yaml"),
        """
        data: data
        server: {host: 127.0.0.1, port: 0}
        admin: {port: 0}
        lake: {commit-wait: 300ms, commit-quiet-wait: 300ms}
        sources: {customerio: {secrets: nobody-signs-here}}
        providers: {customerio: {api-url: "%s", api-key: app-key}}
        reconciliation: {nightly-at: off, settle: off}
        """
            .formatted(api));
  }

  void start() throws IOException, InterruptedException {
    starts++;
    Path log = Files.createFile(folder.resolve("serve-" + starts + ".log"));
    process = program.start(log, List.of("serve"));
    Program.await(process, folder.resolve("errors-of-" + log.getFileName()), "Ready: public port");
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void stop() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(Program.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  /// Asks for a job; `path` is that of backfills or reconciliations.
  void ask(String path, LocalDate from, LocalDate to) throws Exception {
    ask(path, from, to, "");
  }

  /// @param further fields of the request, each after a comma
  void ask(String path, LocalDate from, LocalDate to, String further) throws Exception {
    String wish =
        "{\"source\":\"customerio\",\"from\":\"%s\",\"to\":\"%s\"%s}".formatted(from, to, further);
    HttpRequest request = admin(path).POST(BodyPublishers.ofString(wish)).build();
    assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(202);
  }

  interface Condition {
    boolean holds(JsonNode job);
  }

  /// The newest job, once the condition holds.
  JsonNode awaitJob(Condition condition, Duration patience) throws Exception {
    Instant latest = Instant.now().plus(patience);
    while (true) {
      String body =
          http.send(admin("/api/v1/history-jobs").build(), BodyHandlers.ofString()).body();
      JsonNode job = JSON.readTree(body).path("jobs").path(0);
      assertThat(job.path("state").asText()).as(body).isNotEqualTo("failed");
      if (condition.holds(job)) {
        return job;
      }
      assertThat(Instant.now()).as(body).isBefore(latest);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  static boolean isDone(JsonNode job) {
    return job.path("state").asText().equals("done");
  }

  /// The last line of a query's CSV.
  String query(String sql) throws Exception {
    String csv = program.run(0, List.of("query", sql, "--format", "csv"));
    return csv.lines().toList().getLast();
  }

  /// The most memory the process ever had, as the kernel counts it.
  long peakMebibytes() throws IOException {
    String status = Files.readString(Path.of("/proc", String.valueOf(javaPid()), "status"));
    return status
        .lines()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1_024)
        .findFirst()
        .orElseThrow();
  }

  /// The script may have become the program or have started it.
  private long javaPid() {
    return process
        .descendants()
        .filter(each -> each.info().command().orElse("").endsWith("java"))
        .map(ProcessHandle::pid)
        .findFirst()
        .orElse(process.pid());
  }

  private HttpRequest.Builder admin(String path) throws IOException {
    Path data = folder.resolve("data");
    int port = Ports.in(data.resolve("ports")).orElseThrow().adminPort();
    String token = Files.readString(data.resolve("admin-token")).strip();
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("Authorization", "Bearer " + token);
  }

  @Override
  public void close() {
    http.close();
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
