package dev.hooklake.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// One of two servers that are compared: it tracks messages, or it does not.
///
/// A message has four events: sent, delivered, opened, clicked. A thousand messages go side by
/// side, so that the events of one come apart as they do in life.
final class TrackingSide implements AutoCloseable {
  static final int EVENTS_OF_A_MESSAGE = 4;

  private static final int SIDE_BY_SIDE = 1_000;
  private static final List<String> METRICS = List.of("sent", "delivered", "opened", "clicked");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final boolean tracks;
  private final Path data;
  private final int port = Hooklake.freePort();
  private final int adminPort = Hooklake.freePort();
  private final MeasuredProcess server;
  private final HttpClient http = HttpClient.newHttpClient();
  private int batch;

  TrackingSide(Path root, Path data, boolean tracks) throws IOException, InterruptedException {
    this.tracks = tracks;
    this.data = data;
    this.server =
        MeasuredProcess.start(
            List.of(root.resolve("hooklake").toString(), "serve"),
            Map.of(
                "CUSTOMERIO_WEBHOOK_SECRET",
                Hooklake.SECRET,
                "MESSAGE_ID_MAPPING_STRATEGY",
                tracks ? "database" : "off",
                "HOOKLAKE_DATA",
                data.toString(),
                "HOOKLAKE_PORT",
                Integer.toString(port),
                "HOOKLAKE_ADMIN_PORT",
                Integer.toString(adminPort),
                "LOG_LEVEL",
                "error"),
            data.resolveSibling(data.getFileName() + ".log"));
    Hooklake.get(server, "http://127.0.0.1:" + port + "/readyz", _ -> true);
  }

  /// What one round did.
  ///
  /// @param cpuMicros of the server, an event, to the end of the load
  /// @param lagRecords what tracking had not applied then
  /// @param restSeconds until it had
  record Round(LoadClient.Result load, double cpuMicros, long lagRecords, double restSeconds) {}

  /// Sends so many events; messages are registered and requests made before the clock starts. At
  /// the end nothing waits for lake or tracking.
  Round load(int connections, int events, long perSecond) throws IOException, InterruptedException {
    String run = "r" + ++batch;
    if (tracks) {
      register(run, events / EVENTS_OF_A_MESSAGE);
    }
    var requests =
        new SignedRequests(
            run, port, Hooklake.SECRET, System.currentTimeMillis() / 1000, TrackingSide::told);
    Queue<ByteBuffer> ready = new ArrayDeque<>(events);
    for (int i = 0; i < events; i++) {
      ready.add(requests.get());
    }
    Duration before = server.cpu();
    LoadClient.Result load =
        new LoadClient(port, connections).run(ready::remove, events, perSecond);
    double cpuMicros = server.cpu().minus(before).toNanos() / 1000.0 / events;
    long lag = lagOfTracking(status());
    long ended = System.nanoTime();
    if (load.refused() > 0 || !server.alive()) {
      throw new IOException(load.refused() + " requests were refused; see " + data + ".log");
    }
    awaitIdle();
    return new Round(load, cpuMicros, lag, (System.nanoTime() - ended) / 1e9);
  }

  /// How many messages have a status; all of them when it is null.
  long messagesThatAre(String status) throws IOException, InterruptedException {
    long count = 0;
    JsonNode page;
    String after = "";
    do {
      page = get("/api/v1/messages?limit=500&status=" + status + after);
      count += page.path("messages").size();
      after = "&after=" + page.path("next").asText();
    } while (page.has("next"));
    return count;
  }

  long peakMegabytes() throws IOException {
    return server.peakMegabytes();
  }

  private static SignedRequests.Told told(long number) {
    long zeroBased = number - 1;
    long block = zeroBased / ((long) SIDE_BY_SIDE * EVENTS_OF_A_MESSAGE);
    int metric = (int) (zeroBased / SIDE_BY_SIDE % EVENTS_OF_A_MESSAGE);
    return new SignedRequests.Told(
        METRICS.get(metric), block * SIDE_BY_SIDE + zeroBased % SIDE_BY_SIDE);
  }

  private void register(String run, long messages) throws IOException, InterruptedException {
    for (long first = 0; first < messages; first += 1_000) {
      String body =
          LongStream.range(first, Math.min(messages, first + 1_000))
              .mapToObj(i ->
                  """
                  {"id":"%s-%d","channel":"email","userId":"u-%d","messageType":"welcome",\
                  "recipient":"person%d@example.com",\
                  "externalIds":[{"source":"customerio","id":"%s"}]}\
                  """
                      .formatted(run, i, i % 5000, i % 5000, SignedRequests.deliveryId(run, i)))
              .collect(Collectors.joining(",", "[", "]"));
      HttpResponse<String> answer =
          http.send(
              request("/api/v1/messages").POST(BodyPublishers.ofString(body)).build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200 || answer.body().contains("refused")) {
        throw new IOException("messages were not registered: " + answer.body());
      }
    }
  }

  private void awaitIdle() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    JsonNode status = status();
    while (lagOfTracking(status) + status.at("/lake/lagRecords").asLong() > 0) {
      if (System.nanoTime() > deadline) {
        throw new IOException("still behind after " + PATIENCE + ": " + status);
      }
      TimeUnit.MILLISECONDS.sleep(20);
      status = status();
    }
  }

  private static long lagOfTracking(JsonNode status) {
    return status.at("/consumers/0/lagRecords").asLong();
  }

  private JsonNode status() throws IOException, InterruptedException {
    return get("/api/v1/status");
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(
        http.send(request(path).build(), HttpResponse.BodyHandlers.ofString()).body());
  }

  private HttpRequest.Builder request(String path) throws IOException {
    String token = Files.readString(data.resolve("admin-token")).strip();
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + path))
        .header("Authorization", "Bearer " + token);
  }

  @Override
  public void close() throws IOException {
    http.close();
    server.close();
  }
}
