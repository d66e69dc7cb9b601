package dev.hooklake.server.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hooklake.server.pipeline.FaultTrace;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every path of the admin port. All but the metrics on a loopback address ask for the token.
final class AdminRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(AdminRoutes.class);
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final AdminServer.Parts parts;
  private final Map<String, Handler> pages;

  /// Questions to the lake are costly; they are answered one after the other.
  private final ReentrantLock oneAtATime = new ReentrantLock();

  AdminRoutes(AdminServer.Parts parts, boolean openMetrics) {
    this.parts = parts;
    this.pages =
        Map.of(
            "/metrics", openMetrics ? this::metrics : guarded(this::metrics),
            "/api/v1/status", guarded(oneAtATime(this::status)),
            "/api/v1/events/{source}/{+key}", guarded(oneAtATime(this::event)),
            "/openapi/{port}.yaml", guarded(AdminRoutes::openApi));
  }

  Set<String> paths() {
    return pages.keySet();
  }

  void register(HttpRouting.Builder routing) {
    pages.forEach((path, page) -> page(routing, path, page));
    routing.any((_, response) -> error(response, 404, "nothing is served at this path"));
    routing.error(
        RuntimeException.class,
        (_, response, fault) -> {
          LOG.error("Admin request failed on a fault of ours: {}", FaultTrace.of(fault));
          error(response, 500, "this server failed on it; its log says more");
        });
  }

  private static void page(HttpRouting.Builder routing, String path, Handler handler) {
    routing.get(path, handler);
    routing.any(
        path,
        (_, response) -> {
          response.header(HeaderNames.ALLOW, "GET");
          error(response, 405, "use GET");
        });
  }

  private Handler guarded(Handler handler) {
    return (request, response) -> {
      if (parts.token().opens(request.headers().value(HeaderNames.AUTHORIZATION).orElse(""))) {
        handler.handle(request, response);
      } else {
        response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer");
        error(response, 401, "give the admin token: Authorization: Bearer ...");
      }
    };
  }

  private Handler oneAtATime(Handler handler) {
    return (request, response) -> {
      oneAtATime.lock();
      try {
        handler.handle(request, response);
      } finally {
        oneAtATime.unlock();
      }
    };
  }

  private void metrics(ServerRequest request, ServerResponse response) {
    response
        .header(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
        .send(parts.registry().scrape());
  }

  private void status(ServerRequest request, ServerResponse response) {
    json(response, 200, parts.status().read());
  }

  private void event(ServerRequest request, ServerResponse response) {
    EventOutcome outcome =
        parts
            .events()
            .find(
                request.path().pathParameters().get("source"),
                request.path().pathParameters().get("key"));
    int status =
        switch (outcome.outcome()) {
          case landed, quarantined, in_journal -> 200;
          case unknown -> 404;
          case undetermined -> 503;
        };
    json(response, status, outcome);
  }

  private static void openApi(ServerRequest request, ServerResponse response) throws IOException {
    String port = request.path().pathParameters().get("port");
    boolean known = port.equals("public") || port.equals("admin");
    try (InputStream in =
        known ? AdminRoutes.class.getResourceAsStream("/openapi/" + port + ".yaml") : null) {
      if (in == null) {
        error(response, 404, "there are /openapi/public.yaml and /openapi/admin.yaml");
      } else {
        response.header(HeaderNames.CONTENT_TYPE, "application/yaml").send(in.readAllBytes());
      }
    }
  }

  private static void error(ServerResponse response, int status, String message) {
    json(response, status, Map.of("error", message));
  }

  private static void json(ServerResponse response, int status, Object page) {
    try {
      response
          .status(Status.create(status))
          .header(HeaderNames.CONTENT_TYPE, "application/json")
          .send(JSON.writeValueAsBytes(page));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("our own records are always JSON", e);
    }
  }
}
