package dev.hooklake.server.admin;

import dev.hooklake.server.access.AccessTokens;
import dev.hooklake.server.access.LoginLimit;
import dev.hooklake.server.access.Sessions;
import io.helidon.webserver.WebServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// The admin port, for operators and their tools.
public final class AdminServer implements AutoCloseable {
  private static final int MAX_CONNECTIONS = 256;

  /// Above the largest body that a route takes, so that the route says what is too much.
  private static final int MAX_BODY_BYTES = 4 << 20;

  private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(2);

  /// What the admin port tells about, and to whom. `further` are paths that other parts of the
  /// server add.
  public record Parts(
      AccessTokens tokens,
      Sessions sessions,
      LoginLimit limit,
      StatusReport status,
      EventOutcomes events,
      PrometheusMeterRegistry registry,
      List<AdminRoute> further) {
    public Parts {
      further = List.copyOf(further);
    }
  }

  private final WebServer server;
  private final AdminRoutes routes;

  private AdminServer(WebServer server, AdminRoutes routes) {
    this.server = server;
    this.routes = routes;
  }

  /// Opens the port; fails when it is taken.
  public static AdminServer start(AdminSettings settings, Parts parts) throws IOException {
    boolean loopback = InetAddress.getByName(settings.host()).isLoopbackAddress();
    var routes = new AdminRoutes(parts, loopback);
    var gate =
        new Gate(
            parts.tokens(),
            parts.sessions(),
            parts.limit(),
            new SessionCookie(settings.https()),
            HostGuard.of(settings, loopback));
    WebServer server =
        WebServer.builder()
            .host(settings.host())
            .port(settings.port())
            .shutdownHook(false)
            .maxTcpConnections(MAX_CONNECTIONS)
            .maxPayloadSize(MAX_BODY_BYTES)
            .idleConnectionTimeout(IDLE_TIMEOUT)
            .shutdownGracePeriod(SHUTDOWN_GRACE)
            .routing(routing -> {
              routing.addFilter(gate);
              routes.register(routing);
            })
            .build()
            .start();
    // The HTTP server only logs that it could not bind.
    if (!server.isRunning()) {
      throw new IOException(
          "cannot listen on %s:%d; give another admin.port"
              .formatted(settings.host(), settings.port()));
    }
    return new AdminServer(server, routes);
  }

  Set<String> paths() {
    return routes.paths();
  }

  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }
}
