package dev.hooklake.server.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hooklake.server.pipeline.FaultTrace;
import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.DirectHandler.TransportResponse;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a client is told when a request never reaches a route, or a route fails: the status, and
/// nothing of what it sent.
final class PlainErrors {
  private static final Logger LOG = LoggerFactory.getLogger(PlainErrors.class);

  private PlainErrors() {}

  /// For requests that are no HTTP, too long in a header, or framed wrongly.
  static DirectHandlers handlers() {
    DirectHandler plain =
        (_, _, given, headers, _) -> {
          // A client that it makes fail is no reason to stall a provider's queue for an hour.
          Status status =
              given.equals(Status.INTERNAL_SERVER_ERROR_500)
                  ? Status.SERVICE_UNAVAILABLE_503
                  : given;
          return TransportResponse.builder()
              .status(status)
              .headers(headers)
              .header(HeaderNames.CONTENT_TYPE, "application/json")
              .entity(
                  ("{\"error\": \"" + status.reasonPhrase().toLowerCase(Locale.ROOT) + "\"}")
                      .getBytes(UTF_8))
              .keepAlive(false)
              .build();
        };
    var handlers = DirectHandlers.builder();
    for (EventType type : EventType.values()) {
      handlers.addHandler(type, plain);
    }
    return handlers.build();
  }

  /// A fault of ours is answered 503: providers stop their queue for an hour after a 500.
  static void register(HttpRouting.Builder routing) {
    routing.error(
        RuntimeException.class,
        (_, response, fault) -> {
          LOG.error("Request failed on a fault of ours: {}", FaultTrace.of(fault));
          response.status(Status.SERVICE_UNAVAILABLE_503);
          StatusPages.send(response, 503, Map.of("error", Rejection.FAULT.message()));
        });
  }
}
