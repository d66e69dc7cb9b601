package dev.hooklake.benchmarks;

import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;

/// The yardstick: the same HTTP server, but it only reads the body and answers 200. Prints its
/// port.
final class BaselineServer {
  private BaselineServer() {}

  static void serve() {
    WebServer server =
        WebServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(0)
            .routing(routing ->
                routing.post(
                    "/webhook/customerio",
                    (request, response) -> {
                      drain(request.content().inputStream());
                      response.send("{}");
                    }))
            .build()
            .start();
    System.out.println("port " + server.port());
  }

  private static void drain(InputStream body) throws IOException {
    try (body) {
      body.readAllBytes();
    }
  }
}
