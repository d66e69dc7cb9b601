package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.server.app.settings.SettingsReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// A whole server that takes leads and enriches them, and what an operator asks of it.
final class LeadServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long BETWEEN_QUESTIONS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(180);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Running server;
  private final Path data;

  LeadServer(Path data, String enrichment, Map<String, String> more) throws Exception {
    this.data = data;
    Map<String, String> env = new HashMap<>();
    env.put("WEBHOOK_SECRET", "example-token");
    env.put("HOOKLAKE_HOST", "127.0.0.1");
    env.put("HOOKLAKE_PORT", "0");
    env.put("HOOKLAKE_ADMIN_PORT", "0");
    env.put("HOOKLAKE_DATA", data.toString());
    env.putAll(more);
    Path file = data.resolveSibling(data.getFileName() + ".yaml");
    Files.writeString(
        file,
        "server: {shutdown-grace: 500ms}\nlake: {commit-wait: 50ms, commit-quiet-wait: 100ms}\n"
            + enrichment);
    server = Server.start(SettingsReader.read(file, env), InstantSource.system());
  }

  /// Settings that enrich with these services.
  static String enrichment(LeadServices services) {
    String key = Base64.getEncoder().encodeToString(new byte[32]);
    return """
    enrichment:
      enabled: true
      legal-basis: legitimate interest
      purpose: answering leads
      vault-keys: %s
      reuse: off
      queue: {backoff-delay: 20ms, backoff-max: 200ms}
      finder:
        {url: "%s", user: %s, secret: %s, calls-per-minute: 60000}
      register:
        {url: "%s", secret: %s, calls-per-minute: 60000}
    c2s: {url: "%s", token: %s, calls-per-minute: 60000}
    """
        .formatted(
            key,
            services.finder().url(),
            LeadServices.USER,
            LeadServices.PASSWORD,
            services.register().url(),
            LeadServices.REGISTER_TOKEN,
            services.crm().url(),
            LeadServices.CRM_TOKEN);
  }

  Path data() {
    return data;
  }

  HttpResponse<String> post(String path, Map<String, String> headers, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    headers.forEach(request::header);
    return http.send(request.POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }

  JsonNode admin(String path) throws IOException, InterruptedException {
    return JSON.readTree(admin("GET", path, "").body());
  }

  HttpResponse<String> admin(String method, String path, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.adminPort() + path))
            .header("Authorization", "Bearer " + server.entrance().tokens().operator().reveal())
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  Metrics metrics() throws IOException, InterruptedException {
    return new Metrics(admin("GET", "/metrics", "").body());
  }

  /// Looks again and again; fails with the last page when the wait has no end.
  void awaitMetrics(Predicate<Metrics> holds) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE;
    Metrics metrics = metrics();
    while (!holds.test(metrics)) {
      assertThat(System.nanoTime()).as("still %s", metrics).isLessThan(deadline);
      LockSupport.parkNanos(BETWEEN_QUESTIONS);
      metrics = metrics();
    }
  }

  /// Asks again and again; fails with the last answer when the wait has no end.
  JsonNode await(String path, Predicate<JsonNode> holds) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE;
    JsonNode page = admin(path);
    while (!holds.test(page)) {
      assertThat(System.nanoTime()).as("still %s", page).isLessThan(deadline);
      LockSupport.parkNanos(BETWEEN_QUESTIONS);
      page = admin(path);
    }
    return page;
  }

  /// Until every event has ended; all of them.
  JsonNode awaitEnded(int events) throws IOException, InterruptedException {
    return await(
            "/api/v1/leads?limit=500",
            page ->
                page.path("events").size() == events
                    && page.path("events")
                        .valueStream()
                        .allMatch(event -> event.path("processedAt").isTextual()))
        .path("events");
  }

  @Override
  public void close() {
    server.close();
    http.close();
  }
}
