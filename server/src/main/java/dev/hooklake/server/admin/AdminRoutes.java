package dev.hooklake.server.admin;

import dev.hooklake.server.access.Role;
import dev.hooklake.server.operations.DatabaseAway;
import dev.hooklake.server.pipeline.FaultTrace;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every path of the admin port. All but the way in and, on a loopback address, the metrics are for
/// those who have proven who they are.
final class AdminRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(AdminRoutes.class);

  private final AdminServer.Parts parts;
  private final List<AdminRoute> routes;

  /// Questions to the lake are costly; they are answered one after the other.
  private final ReentrantLock oneAtATime = new ReentrantLock();

  AdminRoutes(AdminServer.Parts parts, boolean openMetrics) {
    this.parts = parts;
    this.routes =
        Stream.concat(
                Stream.of(
                    openMetrics
                        ? AdminRoute.open("/metrics", this::metrics)
                        : AdminRoute.get("/metrics", this::metrics),
                    AdminRoute.get("/api/v1/status", oneAtATime(this::status)),
                    AdminRoute.get("/api/v1/events/{source}/{+key}", oneAtATime(this::event)),
                    AdminRoute.get("/openapi/{port}.yaml", AdminRoutes::openApi)),
                parts.further().stream())
            .toList();
  }

  Set<String> paths() {
    return routes.stream().map(AdminRoute::path).collect(Collectors.toSet());
  }

  void register(HttpRouting.Builder routing) {
    Map<String, List<AdminRoute>> byPath =
        routes.stream()
            .collect(
                Collectors.groupingBy(AdminRoute::path, LinkedHashMap::new, Collectors.toList()));
    byPath.forEach((path, ofPath) -> page(routing, path, ofPath));
    routing.any(
        guarded(
            Access.VIEWER,
            (_, response) -> Answers.error(response, 404, "nothing is served at this path")));
    routing.error(
        RefusedRequest.class,
        (_, response, refused) ->
            Answers.error(response, refused.status(), String.valueOf(refused.getMessage())));
    routing.error(
        DatabaseAway.class,
        (_, response, away) -> Answers.error(response, 503, String.valueOf(away.getMessage())));
    routing.error(
        RuntimeException.class,
        (_, response, fault) -> {
          LOG.error("Admin request failed on a fault of ours: {}", FaultTrace.of(fault));
          Answers.error(response, 500, "this server failed on it; its log says more");
        });
  }

  private static void page(HttpRouting.Builder routing, String path, List<AdminRoute> routes) {
    routes.forEach(
        route -> routing.route(route.method(), path, guarded(route.access(), route.handler())));
    String allowed =
        routes.stream().map(route -> route.method().text()).collect(Collectors.joining(", "));
    routing.any(
        path,
        (_, response) -> {
          response.header(HeaderNames.ALLOW, allowed);
          Answers.error(response, 405, "use " + allowed);
        });
  }

  private static Handler guarded(Access access, Handler handler) {
    return (request, response) -> {
      Role role = Visitor.of(request).map(visitor -> visitor.caller().role()).orElse(null);
      if (access.lets(role)) {
        handler.handle(request, response);
      } else if (role == null) {
        Strangers.answer(request, response);
      } else {
        Answers.error(response, 403, "that takes an operator; you are a " + role.label());
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
    Answers.json(response, 200, parts.status().read());
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
    Answers.json(response, status, outcome);
  }

  private static void openApi(ServerRequest request, ServerResponse response) throws IOException {
    String port = request.path().pathParameters().get("port");
    boolean known = port.equals("public") || port.equals("admin");
    try (InputStream in =
        known ? AdminRoutes.class.getResourceAsStream("/openapi/" + port + ".yaml") : null) {
      if (in == null) {
        Answers.error(response, 404, "there are /openapi/public.yaml and /openapi/admin.yaml");
      } else {
        response.header(HeaderNames.CONTENT_TYPE, "application/yaml").send(in.readAllBytes());
      }
    }
  }
}
