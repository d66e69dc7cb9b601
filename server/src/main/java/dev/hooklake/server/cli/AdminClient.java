package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Asks a running server through its admin port.
final class AdminClient implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(40);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI admin;
  private final @Nullable String token;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(4))
          .build();

  AdminClient(URI admin, @Nullable String token) {
    this.admin = admin;
    this.token = token;
  }

  JsonNode status() throws IOException, InterruptedException {
    return get("/api/v1/status");
  }

  JsonNode event(String source, String key) throws IOException, InterruptedException {
    return get("/api/v1/events/" + encoded(source) + "/" + encoded(key));
  }

  /// Answers with other statuses than 200 are answers too, if they say what the outcome is.
  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(admin.resolve(path)).timeout(TIMEOUT);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> answer = send(request.build());
    if (answer.statusCode() == 401) {
      throw new CommandFailure(
          "the admin port refused the token; is --data the running server's data directory?");
    }
    JsonNode page = JSON.readTree(answer.body());
    if (page.has("error")) {
      throw new CommandFailure(
          "the admin port answered " + answer.statusCode() + ": " + page.path("error").asText());
    }
    return page;
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new NoServer("no server answers on the admin port " + admin, e);
    }
  }

  private static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    client.close();
  }

  /// Nobody listens there.
  static final class NoServer extends IOException {
    private static final long serialVersionUID = 1L;

    NoServer(String message, IOException cause) {
      super(message, cause);
    }
  }
}
