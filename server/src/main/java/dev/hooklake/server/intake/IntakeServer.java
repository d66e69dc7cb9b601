package dev.hooklake.server.intake;

import dev.hooklake.journal.Journal;
import io.helidon.webserver.WebServer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/// The public port. From its start to its end it accepts deliveries for every source; closing it
/// lets requests under way finish.
public final class IntakeServer implements AutoCloseable {
  /// What the public port works with.
  public record Parts(
      List<Endpoint> endpoints,
      Journal journal,
      Readiness readiness,
      MeterRegistry registry,
      InstantSource clock,
      String version,
      EventTap tap) {
    public Parts {
      endpoints = List.copyOf(endpoints);
    }

    /// With nobody who wants to hear of events at once.
    public Parts(
        List<Endpoint> endpoints,
        Journal journal,
        Readiness readiness,
        MeterRegistry registry,
        InstantSource clock,
        String version) {
      this(endpoints, journal, readiness, registry, clock, version, EventTap.NONE);
    }
  }

  private final List<Inbox> inboxes = new ArrayList<>();
  private final RequestDeadlines deadlines;
  private final PublicRoutes routes;
  private final WebServer server;
  private final String address;

  private IntakeServer(IntakeSettings settings, Parts parts) {
    this.address = settings.host() + ":" + settings.port();
    this.deadlines = new RequestDeadlines(parts.clock(), settings.requestDeadline());
    this.routes = new PublicRoutes(deliveries(settings, parts), pages(parts), deadlines);
    this.server = PublicPort.of(settings, deadlines).routing(routes::register).build();
  }

  /// Nobody can reach it until it is opened.
  public static IntakeServer build(IntakeSettings settings, Parts parts) {
    return new IntakeServer(settings, parts);
  }

  /// Opens the port; fails when it is taken.
  public void open() throws IOException {
    server.start();
    // The HTTP server only logs that it could not bind.
    if (!server.isRunning()) {
      throw new IOException("cannot listen on " + address + "; give another server.port");
    }
    deadlines.start();
  }

  public int port() {
    return server.port();
  }

  Set<String> paths() {
    return routes.paths();
  }

  /// The balance of every source since the start.
  public List<SourceCounts> counts() {
    return inboxes.stream().map(inbox -> inbox.meters().counts()).toList();
  }

  @Override
  public void close() {
    server.stop();
    deadlines.close();
  }

  private Map<String, PublicRoutes.Delivering> deliveries(IntakeSettings settings, Parts parts) {
    var limits =
        new DeliveryRoute.Limits(
            new BodyReader(settings.maxBodyBytes()),
            new ByteBudget(settings.maxInFlightBytes()),
            new Semaphore(settings.maxInFlight()),
            deadlines,
            new Proxies(settings.trustedProxies()),
            settings.retryAfter());
    Gauge.builder(
            "hooklake.requests.in.flight",
            limits.inFlight(),
            semaphore -> settings.maxInFlight() - semaphore.availablePermits())
        .description("Deliveries being verified and stored")
        .register(parts.registry());
    Gauge.builder("hooklake.requests.in.flight.bytes", limits.memory(), ByteBudget::takenBytes)
        .description("Memory held by bodies under way")
        .register(parts.registry());
    var routes = new TreeMap<String, PublicRoutes.Delivering>();
    for (Endpoint endpoint : parts.endpoints()) {
      var meters = new InboxMeters(parts.registry(), endpoint.source().name());
      var inbox = new Inbox(endpoint, parts.journal(), meters, parts.tap(), parts.clock());
      inboxes.add(inbox);
      var route = new DeliveryRoute(inbox, limits);
      routes.put(endpoint.path(), new PublicRoutes.Delivering(route, route::handshake));
    }
    return routes;
  }

  private static StatusPages pages(Parts parts) {
    List<String> endpoints =
        parts.endpoints().stream().map(endpoint -> "POST " + endpoint.path()).sorted().toList();
    return new StatusPages(parts.readiness(), endpoints, parts.clock(), parts.version());
  }
}
