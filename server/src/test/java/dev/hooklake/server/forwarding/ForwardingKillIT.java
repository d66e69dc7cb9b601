package dev.hooklake.server.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.server.app.ServerProcess;
import dev.hooklake.server.operations.PostgresServer;
import dev.hooklake.server.simulator.LoadClient;
import dev.hooklake.server.simulator.LoadPlan;
import dev.hooklake.server.simulator.LoadReport;
import dev.hooklake.server.simulator.Outgoing;
import dev.hooklake.server.simulator.Sender;
import dev.hooklake.server.simulator.SimulatedEvent;
import dev.hooklake.sources.Payload;
import dev.hooklake.testkit.bigquery.BigQueryFake;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Kills the real program while it forwards to a receiver that refuses some at first, and streams
/// into PostgreSQL, in the long version into a BigQuery of ours too: every event arrives, at least
/// once under one id and with one body, and is one row of each.
class ForwardingKillIT {
  private static final boolean LONG = Boolean.getBoolean("hooklake.long");
  private static final int EVENTS = LONG ? 100_000 : 1_000;
  private static final int KILLS = LONG ? 20 : 2;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final long seed = Long.getLong("hooklake.seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);
  private final AtomicLong acknowledged = new AtomicLong();
  private final Set<String> refusedOnce = ConcurrentHashMap.newKeySet();
  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir Path folder;

  @Test
  @Timeout(value = 90, unit = TimeUnit.MINUTES)
  void whateverIsKilledEveryEventArrives() throws Exception {
    try (var receiver = new Receiver();
        var bigQuery = new BigQueryFake()) {
      receiver.answers(this::refuseATenthOnce);
      String warehouse = PostgresServer.newDatabaseUrl();
      var server = new ServerProcess(folder);
      Files.writeString(
          folder.resolve("hooklake.yaml"),
          settings(receiver.url(), jdbc(warehouse), bigQuery.url()),
          StandardOpenOption.APPEND);
      server.start();
      var load = new FutureTask<LoadReport>((Callable<LoadReport>) load(server)::run);
      Thread.ofVirtual().start(load);
      for (int kill = 1; kill <= KILLS; kill++) {
        live((long) EVENTS * kill / (KILLS + 1));
        server.kill();
        server.start();
      }
      assertThat(load.get().givenUp()).as("seed %s", seed).isZero();
      awaitDelivered(server);
      assertThat(server.stop()).isIn(0, 143);
      check(receiver);
      check(jdbc(warehouse));
      if (LONG) {
        check(bigQuery);
      }
    }
  }

  private void check(Receiver receiver) {
    List<Receiver.Got> accepted =
        receiver.got().stream().filter(one -> one.answered() == 204).toList();
    Set<String> ids = accepted.stream().map(Receiver.Got::id).collect(Collectors.toSet());
    assertThat(ids)
        .as("seed %s", seed)
        .isEqualTo(
            IntStream.range(0, EVENTS)
                .mapToObj(i -> "customerio:e-" + i)
                .collect(Collectors.toSet()));
    Set<String> bodies = new HashSet<>();
    accepted.forEach(one -> bodies.add(one.body().replaceAll("\"processed_at\":\"[^\"]*\"", "")));
    assertThat(bodies).hasSize(EVENTS);
    System.out.printf(
        "seed %d: %d events, %d kills, %d deliveries in all%n",
        seed, EVENTS, KILLS, receiver.got().size());
  }

  private void check(String warehouse) throws SQLException {
    try (Connection connection = DriverManager.getConnection(warehouse);
        Statement statement = connection.createStatement();
        ResultSet counts =
            statement.executeQuery(
                "SELECT COUNT(*), COUNT(DISTINCT event_id) FROM hooklake_events")) {
      counts.next();
      assertThat(counts.getLong(1)).as("seed %s: rows", seed).isEqualTo(EVENTS);
      assertThat(counts.getLong(2)).as("seed %s: events", seed).isEqualTo(EVENTS);
    }
  }

  private void check(BigQueryFake bigQuery) {
    assertThat(bigQuery.rows())
        .as("seed %s: rows in BigQuery", seed)
        .extracting(row -> row.path("event_id").asText())
        .doesNotHaveDuplicates()
        .hasSize(EVENTS);
  }

  private static String jdbc(String url) {
    return url.replaceFirst(
        "^postgresql://([^:]+):([^@]+)@(.*)$", "jdbc:postgresql://$3?user=$1&password=$2");
  }

  private int refuseATenthOnce(String id) {
    return Math.floorMod(id.hashCode(), 10) == 0 && refusedOnce.add(id) ? 500 : 204;
  }

  private static String settings(URI receiver, String warehouse, URI bigQuery) {
    return """
    forwarding:
      first-retry: 200ms
      longest-retry: 1s
      breaker-failures: 1000000
      destinations:
        crm:
          url: %s
          secrets: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
          private-addresses: true
    sinks:
      warehouse:
        url: %s
    """
            .formatted(receiver, warehouse)
        + (LONG ? google(bigQuery) : "");
  }

  private static String google(URI bigQuery) {
    return """
      google:
        type: bigquery
        project: p
        dataset: d
        endpoint: %s
    """
        .formatted(bigQuery);
  }

  private LoadClient load(ServerProcess server) {
    Sender sender = server.customerIo();
    var next = IntStream.range(0, EVENTS).iterator();
    return new LoadClient(
        new LoadPlan(sender.url(), 16, 0, (long) EVENTS, null),
        () -> new Outgoing(sender, event(next.nextInt())),
        _ -> acknowledged.incrementAndGet(),
        InstantSource.system());
  }

  private static SimulatedEvent event(int number) {
    String body =
        """
        {"event_id": "e-%d", "object_type": "email", "metric": "delivered", "timestamp": 1767600000,
         "data": {"delivery_id": "d-%d", "recipient": "dana@customer.example"}}
        """
            .formatted(number, number);
    return new SimulatedEvent("e-" + number, Payload.of(body), "email_events", false);
  }

  /// Lets the server accept so many events in all, and then live on for a moment.
  private void live(long events) {
    while (acknowledged.get() < events) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(1_000)));
  }

  private void awaitDelivered(ServerProcess server) throws IOException, InterruptedException {
    while (get(server, "api/v1/status")
            .at("/consumers")
            .valueStream()
            .anyMatch(ForwardingKillIT::behind)
        || get(server, "api/v1/forwarding").at("/destinations/0/waiting").asLong() > 0) {
      LockSupport.parkNanos(20 * PAUSE_NANOS);
    }
  }

  private static boolean behind(JsonNode consumer) {
    return consumer.path("lagRecords").asLong() > 0
        || !consumer.path("state").asText().equals("running");
  }

  private JsonNode get(ServerProcess server, String path) throws IOException, InterruptedException {
    String token = Files.readString(server.data().resolve("admin-token")).strip();
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(server.adminUrl().resolve(path))
                .header("Authorization", "Bearer " + token)
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }
}
