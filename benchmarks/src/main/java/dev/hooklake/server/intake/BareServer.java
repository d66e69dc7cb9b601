package dev.hooklake.server.intake;

import dev.hooklake.sources.Answer;
import dev.hooklake.sources.Payload;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The yardsticks: the public port as it is, its limits, routes and error answers, but a delivery
/// is only read into memory and answered like a stored one; or it is answered once it is synced, by
/// nothing more than a sync for all that wait. Prints its port.
///
/// In the package of the public port, so that both read and answer by the same code.
public final class BareServer {
  private static final Answer STORED =
      Answer.json(200, "{\"status\":\"success\",\"stored\":1,\"duplicates\":0}");

  private final BodyReader bodies;
  private final ByteBudget memory;
  private final RequestDeadlines deadlines;
  private final Store store;

  private BareServer(IntakeSettings settings, RequestDeadlines deadlines, Store store) {
    this.bodies = new BodyReader(settings.maxBodyBytes());
    this.memory = new ByteBudget(settings.maxInFlightBytes());
    this.deadlines = deadlines;
    this.store = store;
  }

  /// Answers as soon as a body is read.
  public static void serve() {
    serve(_ -> {});
  }

  /// Answers as soon as a body is synced.
  public static void serveSynced(Path file) throws IOException {
    serve(GroupSync.into(file)::store);
  }

  private static void serve(Store store) {
    IntakeSettings settings = IntakeSettings.defaults("127.0.0.1", 0);
    RequestDeadlines deadlines =
        new RequestDeadlines(InstantSource.system(), settings.requestDeadline());
    BareServer bare = new BareServer(settings, deadlines, store);
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
      switch (body) {
        case Body.Whole(Payload payload) -> store.put(payload.unsafeBytes());
        case Body.Unusable(Rejection reason) -> throw new IOException(reason.message());
      }
      DeliveryRoute.send(STORED, response);
    }
  }

  private interface Store {
    void put(byte[] body);
  }
}
