package dev.hooklake.server.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The pages that tell people and load balancers how the public port is doing.
final class StatusPages {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Readiness readiness;
  private final List<String> endpoints;
  private final InstantSource clock;
  private final String version;

  StatusPages(Readiness readiness, List<String> endpoints, InstantSource clock, String version) {
    this.readiness = readiness;
    this.endpoints = List.copyOf(endpoints);
    this.clock = clock;
    this.version = version;
  }

  /// `/`, `/health` and `/webhooks/health` as the providers' guides show them.
  void health(ServerRequest request, ServerResponse response) {
    Optional<String> obstacle = readiness.obstacle();
    var page = new LinkedHashMap<String, Object>();
    page.put("status", obstacle.isEmpty() ? "healthy" : "unhealthy");
    obstacle.ifPresent(reason -> page.put("reason", reason));
    page.put("service", "hooklake");
    page.put("endpoints", endpoints);
    page.put("timestamp", clock.instant().toString());
    page.put("version", version);
    send(response, obstacle.isEmpty() ? 200 : 503, page);
  }

  void alive(ServerRequest request, ServerResponse response) {
    send(response, 200, Map.of("status", "alive"));
  }

  void ready(ServerRequest request, ServerResponse response) {
    Optional<String> obstacle = readiness.obstacle();
    if (obstacle.isEmpty()) {
      send(response, 200, Map.of("status", "ready"));
    } else {
      send(response, 503, Map.of("status", "not ready", "reason", obstacle.get()));
    }
  }

  static void notFound(ServerRequest request, ServerResponse response) {
    send(response, 404, Map.of("error", "nothing is served at this path"));
  }

  static void wrongMethod(ServerResponse response, String allowed) {
    response.header(HeaderNames.ALLOW, allowed);
    send(response, 405, Map.of("error", "use " + allowed));
  }

  static void send(ServerResponse response, int status, Map<String, ?> page) {
    try {
      response
          .status(Status.create(status))
          .header(HeaderNames.CONTENT_TYPE, "application/json")
          .send(JSON.writeValueAsBytes(page));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and lists of texts are always JSON", e);
    }
  }
}
