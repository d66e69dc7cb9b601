package dev.hooklake.server.intake;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http1.Http1Config;
import java.time.Duration;

/// How HTTP is spoken on the public port: its limits, its idle connections, what is told to those
/// who send no HTTP. The routes are the caller's.
final class PublicPort {
  private static final Duration IDLE_CHECK = Duration.ofSeconds(5);

  private PublicPort() {}

  static WebServerConfig.Builder of(IntakeSettings settings, RequestDeadlines deadlines) {
    Http1Config http1 =
        Http1Config.builder()
            .maxHeadersSize(settings.maxHeaderBytes())
            .addReceiveListener(new StrictRequests(deadlines))
            .build();
    return WebServer.builder()
        .host(settings.host())
        .port(settings.port())
        .shutdownHook(false)
        .maxTcpConnections(settings.maxConnections())
        .idleConnectionTimeout(settings.idleTimeout())
        .idleConnectionPeriod(min(IDLE_CHECK, settings.idleTimeout()))
        .shutdownGracePeriod(settings.shutdownGrace())
        .contentEncoding(new UndecodedBodies())
        .directHandlers(PlainErrors.handlers())
        .protocolsDiscoverServices(false)
        .addConnectionSelector(new HastyConnections(http1, deadlines));
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
