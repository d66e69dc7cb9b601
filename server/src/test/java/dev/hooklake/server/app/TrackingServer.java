package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.server.app.settings.SettingsReader;
import dev.hooklake.server.operations.PostgresServer;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.customerio.CustomerIoSigner;
import dev.hooklake.sources.signature.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// A whole server that tracks messages of Customer.io, and what a backend developer asks of it.
final class TrackingServer implements AutoCloseable {
  private static final String KEY = "signing-secret";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long BETWEEN_QUESTIONS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(120);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> env = new HashMap<>();
  private final Running server;

  TrackingServer(Path data, Map<String, String> more) throws Exception {
    env.put("CUSTOMERIO_WEBHOOK_SECRET", KEY);
    env.put("MESSAGE_ID_MAPPING_STRATEGY", "database");
    env.put("HOOKLAKE_HOST", "127.0.0.1");
    env.put("HOOKLAKE_PORT", "0");
    env.put("HOOKLAKE_ADMIN_PORT", "0");
    env.put("HOOKLAKE_DATA", data.toString());
    env.putAll(more);
    Path file = data.resolveSibling(data.getFileName() + ".yaml");
    Files.writeString(
        file,
        "server: {shutdown-grace: 500ms}\nlake: {commit-wait: 50ms, commit-quiet-wait: 100ms}\n");
    server = Server.start(SettingsReader.read(file, env), InstantSource.system());
  }

  /// What makes a server use an engine: nothing for SQLite, the URL of a new database else.
  static Map<String, String> databaseUrl(TestDatabase engine) {
    return switch (engine) {
      case SQLITE -> Map.of();
      case POSTGRES -> Map.of("DB_URL", PostgresServer.newDatabaseUrl());
    };
  }

  /// One event of a message, as the provider sends it.
  void send(String event, String delivery, String metric) throws IOException, InterruptedException {
    String body =
        """
        {"event_id": "%s", "object_type": "email", "metric": "%s", "timestamp": %d,
         "data": {"delivery_id": "%s", "recipient": "dana@customer.example"}}
        """
            .formatted(event, metric, Instant.now().getEpochSecond(), delivery);
    var request =
        HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.port() + "/webhook/customerio"));
    new CustomerIoSigner(Secret.of(KEY))
        .sign(Payload.of(body), Instant.now())
        .values()
        .forEach((name, values) -> request.header(name, values.getFirst()));
    HttpResponse<String> answer =
        http.send(
            request.POST(BodyPublishers.ofString(body)).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  void register(String id, String delivery) throws IOException, InterruptedException {
    String message =
        """
        {"id": "%s", "channel": "email", "recipient": "dana@customer.example",
         "externalIds": [{"source": "customerio", "id": "%s"}]}
        """
            .formatted(id, delivery);
    assertThat(admin("POST", "/api/v1/messages", message).statusCode()).isEqualTo(201);
  }

  JsonNode message(String id) throws IOException, InterruptedException {
    return JSON.readTree(admin("GET", "/api/v1/messages/" + id, "").body());
  }

  /// How tracking stands.
  JsonNode consumer() throws IOException, InterruptedException {
    return JSON.readTree(admin("GET", "/api/v1/status", "").body()).at("/consumers/0");
  }

  String metrics() throws IOException, InterruptedException {
    return admin("GET", "/metrics", "").body();
  }

  HttpResponse<String> admin(String method, String path, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.adminPort() + path))
            .header("Authorization", "Bearer " + server.entrance().tokens().operator().reveal())
            .method(method, BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  void awaitStatus(String id, String status) throws IOException, InterruptedException {
    await("/api/v1/messages/" + id, page -> page.path("status").asText().equals(status));
  }

  /// Until tracking has stored so many records.
  void awaitApplied(long records) throws IOException, InterruptedException {
    await("/api/v1/status", page -> page.at("/consumers/0/storedThrough").asLong() >= records);
  }

  JsonNode awaitConsumer(String state) throws IOException, InterruptedException {
    return await("/api/v1/status", page -> page.at("/consumers/0/state").asText().equals(state))
        .at("/consumers/0");
  }

  /// Asks again and again; fails with the last answer when the wait has no end.
  JsonNode await(String path, Predicate<JsonNode> holds) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE;
    JsonNode page = JSON.readTree(admin("GET", path, "").body());
    while (!holds.test(page)) {
      assertThat(System.nanoTime()).as("still %s", page).isLessThan(deadline);
      LockSupport.parkNanos(BETWEEN_QUESTIONS);
      page = JSON.readTree(admin("GET", path, "").body());
    }
    return page;
  }

  /// A command on this server's settings.
  int run(String... arguments) {
    return Main.commandLine(env, InstantSource.system()).execute(arguments);
  }

  @Override
  public void close() {
    server.close();
    http.close();
  }
}
