package dev.hooklake.server.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hooklake.server.access.Audit;
import dev.hooklake.server.access.Caller;
import dev.hooklake.server.analytics.SqlFailure;
import dev.hooklake.sources.SourceEvent;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Paths about what sources send: a test event through a source's own path, and an event as it was
/// received. Both are an operator's, and audited.
public final class SourceRoutes {
  /// Finds an event as it was received, such as [EventFinder].
  @FunctionalInterface
  public interface Finder {
    Optional<FoundEvent> find(String source, String key) throws IOException;
  }

  private final Set<String> sources;
  private final TestSender tests;
  private final Finder finder;
  private final Audit audit;

  /// @param sources names of those that are configured
  public SourceRoutes(Set<String> sources, TestSender tests, Finder finder, Audit audit) {
    this.sources = Set.copyOf(sources);
    this.tests = tests;
    this.finder = finder;
    this.audit = audit;
  }

  public List<AdminRoute> all() {
    return List.of(
        new AdminRoute(Method.POST, "/api/v1/sources/{source}/test-events", this::sendTest),
        new AdminRoute(
            Method.GET, "/api/v1/event-payloads/{source}/{+key}", Access.OPERATOR, this::payload));
  }

  private void sendTest(ServerRequest request, ServerResponse response) {
    String source = request.path().pathParameters().get("source");
    if (!sources.contains(source)) {
      throw new RefusedRequest(404, "there is no source of that name");
    }
    TestSender.Result result;
    try (Audit.Begun begun = audit.begin(caller(request), "test-event.sent", source, "")) {
      result = sent(source);
      if (!result.accepted()) {
        throw new RefusedRequest(
            result.outcome() == TestSender.Outcome.NOT_NOW ? 503 : 409, result.text());
      }
      begun.done();
    }
    Answers.json(response, 200, Map.of("key", result.key(), "text", result.text()));
  }

  private TestSender.Result sent(String source) {
    try {
      return tests.send(source);
    } catch (IOException e) {
      throw new RefusedRequest(503, "the public port does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedRequest(503, "the server stops");
    }
  }

  /// Personal data; that it was looked at is written down first.
  private void payload(ServerRequest request, ServerResponse response) {
    String source = request.path().pathParameters().get("source");
    String key = request.path().pathParameters().get("key");
    FoundEvent found = found(source, key);
    audit.record(caller(request), "event.revealed", source + "/" + key, "");
    Answers.json(response, 200, view(found.event()));
  }

  private FoundEvent found(String source, String key) {
    try {
      return finder
          .find(source, key)
          .orElseThrow(() ->
              new RefusedRequest(404, "no event with this key was accepted, or it was erased"));
    } catch (IOException | SqlFailure e) {
      throw new RefusedRequest(503, "the lake cannot be read now");
    }
  }

  private static Map<String, Object> view(SourceEvent event) {
    var view = new LinkedHashMap<String, Object>();
    view.put("source", event.source());
    view.put("key", event.eventKey());
    view.put("receivedAt", event.receivedAt().toString());
    view.put("path", event.path());
    view.put("headers", event.headers().values());
    view.put("contentType", event.contentType());
    putBody(view, event.body().unsafeBytes());
    return view;
  }

  private static void putBody(Map<String, Object> view, byte[] body) {
    try {
      view.put("body", UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
      view.put("encoding", "text");
    } catch (CharacterCodingException e) {
      view.put("body", Base64.getEncoder().encodeToString(body));
      view.put("encoding", "base64");
    }
  }

  private static Caller caller(ServerRequest request) {
    return Visitor.of(request).orElseThrow().caller();
  }
}
