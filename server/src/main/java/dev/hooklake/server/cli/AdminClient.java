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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Asks a running server through its admin port.
final class AdminClient implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(40);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUBSCRIPTIONS = "/api/v1/c2s/subscriptions";

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

  /// A path that logs a browser in once.
  String loginPath() throws IOException, InterruptedException {
    HttpRequest post =
        request("/api/v1/login-links").POST(HttpRequest.BodyPublishers.noBody()).build();
    return successful(ask(post)).path("path").asText();
  }

  /// Empty when no such message is registered.
  Optional<JsonNode> message(String id) throws IOException, InterruptedException {
    return known(ask(request("/api/v1/messages/" + encoded(id)).build()));
  }

  Optional<JsonNode> message(String source, String externalId)
      throws IOException, InterruptedException {
    return known(
        ask(
            request("/api/v1/external-ids/" + encoded(source) + "/" + encoded(externalId))
                .build()));
  }

  /// A page of messages.
  ///
  /// @param query by name; null values are left out
  JsonNode messages(Map<String, @Nullable String> query) throws IOException, InterruptedException {
    return get("/api/v1/messages?" + text(query));
  }

  private static String text(Map<String, @Nullable String> query) {
    return query.entrySet().stream()
        .filter(entry -> entry.getValue() != null)
        .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  /// Lead events: a page of them, one, or the outcome of a change.
  LeadAnswers leads() {
    return new LeadAnswers();
  }

  /// What the admin port says of leads.
  final class LeadAnswers {
    /// @param query by name; null values are left out
    JsonNode page(Map<String, @Nullable String> query) throws IOException, InterruptedException {
      return get("/api/v1/leads?" + text(query));
    }

    /// Empty when there is no such event.
    Optional<JsonNode> one(String id, boolean payload) throws IOException, InterruptedException {
      return known(
          ask(request("/api/v1/leads/" + encoded(id) + (payload ? "/payload" : "")).build()));
    }

    JsonNode reprocess(String id) throws IOException, InterruptedException {
      return post("/api/v1/leads/" + encoded(id) + "/reprocess", JSON.createObjectNode());
    }

    JsonNode reprocess(Map<String, @Nullable String> query)
        throws IOException, InterruptedException {
      return post("/api/v1/leads/reprocess?" + text(query), JSON.createObjectNode());
    }

    JsonNode subscribe(String url) throws IOException, InterruptedException {
      return post(SUBSCRIPTIONS, JSON.createObjectNode().put("url", url));
    }

    JsonNode unsubscribe() throws IOException, InterruptedException {
      return successful(ask(request(SUBSCRIPTIONS).DELETE().build()));
    }
  }

  /// Registers one message, or an array of many; gives the outcome of each, in order.
  List<JsonNode> register(JsonNode messages) throws IOException, InterruptedException {
    JsonNode answer = post("/api/v1/messages", messages);
    return messages.isArray()
        ? List.copyOf(answer.path("outcomes").valueStream().toList())
        : List.of(answer);
  }

  /// Asks for an erasure; the answer has its id.
  JsonNode beginErasure(JsonNode person) throws IOException, InterruptedException {
    return successful(
        ask(
            request("/api/v1/erasures")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(person.toString()))
                .build()));
  }

  JsonNode erasure(String id) throws IOException, InterruptedException {
    return get("/api/v1/erasures/" + encoded(id));
  }

  /// @param state `firing` or `all`
  JsonNode alerts(String state) throws IOException, InterruptedException {
    return get("/api/v1/alerts?limit=500&state=" + state);
  }

  JsonNode silence(String rule, String subject, long minutes, String reason)
      throws IOException, InterruptedException {
    JsonNode silence =
        JSON.createObjectNode()
            .put("rule", rule)
            .put("subject", subject)
            .put("minutes", minutes)
            .put("reason", reason);
    return successful(
        ask(
            request("/api/v1/alerts/silences")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(silence.toString()))
                .build()));
  }

  void endSilence(String id) throws IOException, InterruptedException {
    successful(ask(request("/api/v1/alerts/silences/" + encoded(id)).DELETE().build()));
  }

  JsonNode testAlerts() throws IOException, InterruptedException {
    HttpRequest.Builder post = request("/api/v1/alerts/test");
    return successful(ask(post.POST(HttpRequest.BodyPublishers.noBody()).build()));
  }

  /// @param source empty for all
  JsonNode drift(String source) throws IOException, InterruptedException {
    return get("/api/v1/drift" + (source.isEmpty() ? "" : "?source=" + encoded(source)));
  }

  /// How the destinations stand.
  JsonNode destinations() throws IOException, InterruptedException {
    return get("/api/v1/forwarding").path("destinations");
  }

  /// How the sinks stand.
  JsonNode sinks() throws IOException, InterruptedException {
    return get("/api/v1/sinks").path("sinks");
  }

  /// What sinks refused for what is in it.
  ///
  /// @param sink only its own; empty for all
  JsonNode sinkRejects(String sink, int limit) throws IOException, InterruptedException {
    return newest("/api/v1/sinks/rejects", limit, "sink", sink).path("rejects");
  }

  /// Has that sent again; how many.
  ///
  /// @param id only this one; empty for all of the sink
  long resendSinkRejects(String sink, String id) throws IOException, InterruptedException {
    return again("/api/v1/sinks/" + encoded(sink) + "/resend", id).path("resending").asLong();
  }

  /// @param destination only its own; empty for all
  JsonNode deadLetters(String destination, int limit) throws IOException, InterruptedException {
    return newest("/api/v1/forwarding/dead-letters", limit, "destination", destination)
        .path("deadLetters");
  }

  /// Has dead letters sent again; how many.
  ///
  /// @param id only this one; empty for all of the destination
  long replayDeadLetters(String destination, String id) throws IOException, InterruptedException {
    return again("/api/v1/forwarding/" + encoded(destination) + "/replay", id)
        .path("replayed")
        .asLong();
  }

  private JsonNode newest(String path, int limit, String whose, String name)
      throws IOException, InterruptedException {
    return get(
        path + "?limit=" + limit + (name.isEmpty() ? "" : "&" + whose + "=" + encoded(name)));
  }

  private JsonNode again(String path, String id) throws IOException, InterruptedException {
    return successful(
        ask(
            request(id.isEmpty() ? path : path + "?id=" + encoded(id))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build()));
  }

  /// Queues the first piece of what landed in a period for a destination again.
  ///
  /// @param query `from`, `to` and `source`; null values are left out
  JsonNode replayLanded(String destination, Map<String, @Nullable String> query)
      throws IOException, InterruptedException {
    return post(
        "/api/v1/forwarding/" + encoded(destination) + "/replay-landed?" + text(query),
        JSON.createObjectNode());
  }

  /// Answers with other statuses than 200 are answers too, if they say what the outcome is.
  JsonNode get(String path) throws IOException, InterruptedException {
    return successful(ask(request(path).build()));
  }

  JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
    return successful(ask(posting(path, body)));
  }

  private HttpRequest posting(String path, JsonNode body) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
        .build();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(admin.resolve(path)).timeout(TIMEOUT);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  private record Answer(int status, JsonNode page) {}

  private Answer ask(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(request);
    if (answer.statusCode() == 401) {
      throw new CommandFailure(
          "the admin port refused the token; is --data the running server's data directory?");
    }
    return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
  }

  private static Optional<JsonNode> known(Answer answer) {
    return answer.status() == 404 ? Optional.empty() : Optional.of(successful(answer));
  }

  private static JsonNode successful(Answer answer) {
    if (answer.page().has("error")) {
      throw new CommandFailure(
          "the admin port answered "
              + answer.status()
              + ": "
              + answer.page().path("error").asText());
    }
    return answer.page();
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new NoServer("no server answers on the admin port " + admin, e);
    }
  }

  static String encoded(String segment) {
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
