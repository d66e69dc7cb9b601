package dev.hooklake.server.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.hooklake.server.app.ServerProcess;
import dev.hooklake.server.operations.DatabaseSettings;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.PostgresServer;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.server.simulator.LoadClient;
import dev.hooklake.server.simulator.LoadPlan;
import dev.hooklake.server.simulator.LoadReport;
import dev.hooklake.server.simulator.Outgoing;
import dev.hooklake.server.simulator.Sender;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Kills the real program while messages are registered and their callbacks come in, shuffled and
/// repeated, over real HTTP: every message ends as the model says.
class TrackingKillIT {
  private static final boolean LONG = Boolean.getBoolean("hooklake.long");
  private static final int MESSAGES = LONG ? 100_000 : 3_000;
  private static final int KILLS = LONG ? 10 : 2;
  private static final String SOURCE = "customerio";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final long seed = Long.getLong("hooklake.seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);
  private final AtomicLong acknowledged = new AtomicLong();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Lives lives = Lives.reportedBy(SOURCE, MESSAGES, seed);
  private final Callbacks callbacks = Callbacks.of(lives, seed);
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void whateverIsKilledEveryMessageEndsAsTheModelSays(TestDatabase engine) throws Exception {
    String url = engine == TestDatabase.POSTGRES ? PostgresServer.newDatabaseUrl() : "";
    var server =
        new ServerProcess(folder, Map.of("MESSAGE_ID_MAPPING_STRATEGY", "database", "DB_URL", url));
    server.start();
    register(server, 0, MESSAGES * 9 / 10);
    var load = new FutureTask<LoadReport>((Callable<LoadReport>) load(server)::run);
    Thread.ofVirtual().start(load);
    for (int kill = 1; kill <= KILLS; kill++) {
      live(callbacks.count() * kill / (KILLS + 1));
      server.kill();
      server.start();
    }
    // Registered twice: the answer to the first may have been lost.
    register(server, MESSAGES * 9 / 10, MESSAGES);
    register(server, MESSAGES * 9 / 10, MESSAGES);
    LoadReport report = load.get();
    assertThat(report.givenUp()).as("seed %s", seed).isZero();
    awaitApplied(server);
    assertThat(server.stop()).isIn(0, 143);
    System.out.printf(
        "%s, seed %d: %d messages, %d callbacks, %d kills, %.0f callbacks/s over all%n",
        engine, seed, MESSAGES, callbacks.count(), KILLS, report.perSecond());

    try (OperationsDatabase database =
        OperationsDatabase.open(DatabaseSettings.of(url, server.data()))) {
      Simulated.assertEnds(lives, Simulated.messages(database));
    }
  }

  private LoadClient load(ServerProcess server) {
    Sender sender = server.customerIo();
    Iterator<Callbacks.Callback> next = callbacks.iterator();
    return new LoadClient(
        new LoadPlan(sender.url(), 32, 0, (long) callbacks.different(), null),
        () -> new Outgoing(sender, next.next().event()),
        _ -> acknowledged.incrementAndGet(),
        InstantSource.system());
  }

  /// Lets the server accept so many callbacks in all, and then live on for a moment.
  private void live(long callbacksInAll) {
    while (acknowledged.get() < callbacksInAll) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(300)));
  }

  private void register(ServerProcess server, int from, int to)
      throws IOException, InterruptedException {
    for (int first = from; first < to; first += Messages.MAX_BULK) {
      ArrayNode some = JSON.createArrayNode();
      IntStream.range(first, Math.min(to, first + Messages.MAX_BULK))
          .forEach(i -> some.add(Callbacks.json(lives.message(i))));
      HttpResponse<String> answer = admin(server, "POST", "api/v1/messages", some.toString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).doesNotContain("refused");
    }
  }

  private void awaitApplied(ServerProcess server) throws IOException, InterruptedException {
    JsonNode status = JSON.readTree(admin(server, "GET", "api/v1/status", "").body());
    while (status.at("/consumers/0/lagRecords").asLong() > 0
        || !status.at("/consumers/0/state").asText().equals("running")) {
      LockSupport.parkNanos(10 * PAUSE_NANOS);
      status = JSON.readTree(admin(server, "GET", "api/v1/status", "").body());
    }
  }

  private HttpResponse<String> admin(ServerProcess server, String method, String path, String body)
      throws IOException, InterruptedException {
    String token = Files.readString(server.data().resolve("admin-token")).strip();
    URI url = server.adminUrl().resolve(path);
    return http.send(
        HttpRequest.newBuilder(url)
            .header("Authorization", "Bearer " + token)
            .method(method, BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
