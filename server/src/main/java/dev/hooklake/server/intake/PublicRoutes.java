package dev.hooklake.server.intake;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import java.util.Map;

/// Every path of the public port, and what a wrong path or method is told.
final class PublicRoutes {
  private final Map<String, DeliveryRoute> deliveries;
  private final StatusPages pages;
  private final RequestDeadlines deadlines;

  PublicRoutes(
      Map<String, DeliveryRoute> deliveries, StatusPages pages, RequestDeadlines deadlines) {
    this.deliveries = deliveries;
    this.pages = pages;
    this.deadlines = deadlines;
  }

  void register(HttpRouting.Builder routing) {
    deliveries.forEach((path, route) -> {
      routing.post(path, route);
      routing.any(path, bodiless((_, response) -> StatusPages.wrongMethod(response, "POST")));
    });
    page(routing, "/", pages::health);
    page(routing, "/health", pages::health);
    page(routing, "/webhooks/health", pages::health);
    page(routing, "/healthz", pages::alive);
    page(routing, "/readyz", pages::ready);
    routing.any(bodiless(StatusPages::notFound));
    PlainErrors.register(routing);
  }

  private void page(HttpRouting.Builder routing, String path, Handler page) {
    routing.get(path, bodiless(page));
    routing.any(path, bodiless((_, response) -> StatusPages.wrongMethod(response, "GET")));
  }

  /// A body sent where none is wanted is left to the HTTP server, which reads it away.
  private Handler bodiless(Handler handler) {
    return (request, response) -> {
      deadlines.readWhole();
      handler.handle(request, response);
    };
  }
}
