package dev.hooklake.server.intake;

import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every path of the public port, and what a wrong path or method is told.
final class PublicRoutes {
  private final Map<String, Handler> deliveries;
  private final Map<String, Handler> pages;
  private final RequestDeadlines deadlines;

  PublicRoutes(
      Map<String, ? extends Handler> deliveries, StatusPages pages, RequestDeadlines deadlines) {
    this.deliveries = Map.copyOf(deliveries);
    this.pages =
        Map.of(
            "/", pages::health,
            "/health", pages::health,
            "/webhooks/health", pages::health,
            "/healthz", pages::alive,
            "/readyz", pages::ready);
    this.deadlines = deadlines;
  }

  Set<String> paths() {
    return Stream.concat(deliveries.keySet().stream(), pages.keySet().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  void register(HttpRouting.Builder routing) {
    deliveries.forEach((path, route) -> register(routing, Method.POST, path, route));
    pages.forEach((path, page) -> register(routing, Method.GET, path, bodiless(page)));
    routing.any(bodiless(StatusPages::notFound));
    PlainErrors.register(routing);
  }

  private void register(HttpRouting.Builder routing, Method method, String path, Handler handler) {
    routing.route(method, path, handler);
    routing.any(path, bodiless((_, response) -> StatusPages.wrongMethod(response, method.text())));
  }

  /// A body sent where none is wanted is left to the HTTP server, which reads it away.
  private Handler bodiless(Handler handler) {
    return (request, response) -> {
      deadlines.readWhole();
      handler.handle(request, response);
    };
  }
}
