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
  /// What answers on one source's path: to deliveries, and to who asks whether it is ours.
  record Delivering(Handler post, Handler get) {

    static Delivering only(Handler post) {
      return new Delivering(post, (_, response) -> StatusPages.wrongMethod(response, "POST"));
    }
  }

  /// The paths that are taken.
  static final Set<String> PAGES =
      Set.of("/", "/health", "/webhooks/health", "/healthz", "/readyz");

  private final Map<String, Delivering> deliveries;
  private final Map<String, Handler> pages;
  private final RequestDeadlines deadlines;

  PublicRoutes(Map<String, Delivering> deliveries, StatusPages pages, RequestDeadlines deadlines) {
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
    deliveries.forEach((path, route) -> {
      routing.get(path, bodiless(route.get()));
      // Some providers try an address so before they save it.
      routing.route(Method.HEAD, path, bodiless((_, response) -> response.send()));
      register(routing, Method.POST, path, route.post());
    });
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
