package dev.hooklake.server.intake;

import dev.hooklake.sources.Answer;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The yardstick: the public port as it is, its limits, routes and error answers, but a delivery is
/// only read into memory and answered like a stored one. Prints its port.
///
/// In the package of the public port, so that both read and answer by the same code.
public final class BareServer {
  private static final Answer STORED =
      Answer.json(200, "{\"status\":\"success\",\"stored\":1,\"duplicates\":0}");

  private final BodyReader bodies;
  private final ByteBudget memory;
  private final RequestDeadlines deadlines;

  private BareServer(IntakeSettings settings, RequestDeadlines deadlines) {
    this.bodies = new BodyReader(settings.maxBodyBytes());
    this.memory = new ByteBudget(settings.maxInFlightBytes());
    this.deadlines = deadlines;
  }

  public static void serve() {
    IntakeSettings settings = IntakeSettings.defaults("127.0.0.1", 0);
    RequestDeadlines deadlines =
        new RequestDeadlines(InstantSource.system(), settings.requestDeadline());
    BareServer bare = new BareServer(settings, deadlines);
    StatusPages pages =
        new StatusPages(Optional::empty, List.of(), InstantSource.system(), "benchmark");
    PublicRoutes routes =
        new PublicRoutes(
            Map.of("/webhook/customerio", PublicRoutes.Delivering.only(bare::handle)),
            pages,
            deadlines);
    WebServer server = PublicPort.of(settings, deadlines).routing(routes::register).build().start();
    deadlines.start();
    System.out.println("port " + server.port());
  }

  private void handle(ServerRequest request, ServerResponse response) throws IOException {
    try (ByteBudget.Share share = memory.share()) {
      Body body =
          bodies.read(
              request.content().inputStream(),
              request.headers().contentLength().orElse(-1),
              BodyEncoding.of(request.headers().all(HeaderNames.CONTENT_ENCODING, List::of)),
              share);
      deadlines.readWhole();
      if (body instanceof Body.Unusable(Rejection reason)) {
        throw new IOException(reason.message());
      }
      DeliveryRoute.send(STORED, response);
    }
  }
}
