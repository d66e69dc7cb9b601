package dev.hooklake.server.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hooklake.sources.signature.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadClientTest {
  private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
  private final List<String> signatures = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger requests = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;
  private IntUnaryOperator statusOfRequest = _ -> 200;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(threads);
    server.createContext("/hook", this::answer);
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
    threads.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    int status = statusOfRequest.applyAsInt(requests.incrementAndGet());
    bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    signatures.add(exchange.getRequestHeaders().getFirst("x-cio-signature"));
    byte[] answer = "{\"ok\":true}".getBytes(UTF_8);
    exchange.sendResponseHeaders(status, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private LoadPlan plan(int connections, double rate, Long events, Duration duration) {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook?a=1");
    return new LoadPlan(url, connections, rate, events, duration);
  }

  private LoadClient client(LoadPlan plan) {
    return client(plan, _ -> {});
  }

  private LoadClient client(LoadPlan plan, Consumer<SimulatedEvent> acknowledged) {
    var provider = Provider.customerIo(Secret.of("a test key"));
    var sender = new Sender("customerio", plan.url(), plan.url().toString(), provider);
    var traffic = new SideBySide(List.of(sender), new SplittableRandom(1), InstantSource.system());
    return new LoadClient(plan, traffic, acknowledged, InstantSource.system());
  }

  @Test
  void everyEventIsSentOnceOverKeptConnections() throws Exception {
    LoadReport report = client(plan(4, 0, 500L, null)).run();
    assertThat(bodies).allMatch(body -> body.startsWith("{\"event_id\":"));
    assertThat(bodies.stream().distinct()).hasSize(500);
    assertThat(signatures).allMatch(signature -> signature.matches("[0-9a-f]{64}"));
    assertThat(report.firsts()).isEqualTo(500);
    assertThat(report.answered()).isEqualTo(bodies.size());
    assertThat(report.statuses()).isEqualTo(Map.of(200, (long) bodies.size()));
    assertThat(report.p99Micros()).isPositive();
  }

  @Test
  void aRefusedEventIsSentAgainUntilItIsTaken() throws Exception {
    statusOfRequest = request -> request <= 2 ? 503 : 200;
    LoadReport report = client(plan(1, 0, 1L, null)).run();
    assertThat(bodies).hasSize(3);
    assertThat(bodies.stream().distinct()).hasSize(1);
    assertThat(report.statuses()).isEqualTo(Map.of(503, 2L, 200, 1L));
    assertThat(report.retries()).isEqualTo(2);
    assertThat(report.givenUp()).isZero();
  }

  @Test
  void anOpenLoopKeepsItsRate() throws Exception {
    LoadReport report = client(plan(2, 100, 50L, null)).run();
    assertThat(report.firsts()).isEqualTo(50);
    assertThat(report.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(490));
  }

  @Test
  void itEndsAfterItsDuration() throws Exception {
    LoadReport report = client(plan(2, 0, null, Duration.ofSeconds(1))).run();
    assertThat(report.answered()).isPositive();
    assertThat(report.givenUp()).isZero();
  }

  @Test
  void stoppedWhileItRetriesItGivesUpThatEvent() throws Exception {
    var refused = new CountDownLatch(1);
    statusOfRequest =
        _ -> {
          refused.countDown();
          return 503;
        };
    LoadClient client = client(plan(1, 0, null, null));
    Thread stopper =
        Thread.ofVirtual()
            .start(() -> {
              try {
                refused.await();
                client.stop();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    LoadReport report = client.run();
    stopper.join();
    assertThat(report.givenUp()).isEqualTo(1);
    assertThat(report.answered()).isZero();
  }

  @Test
  void aServerThatIsNotThereIsCountedAndTriedAgain() throws Exception {
    LoadPlan plan = plan(1, 0, 1L, null);
    server.stop(0);
    LoadClient client = client(plan);
    Thread run = Thread.ofVirtual().start(() -> runQuietly(client));
    while (client.report().brokenConnections() < 2) {
      Thread.onSpinWait();
    }
    client.stop();
    run.join();
    assertThat(client.report().givenUp()).isEqualTo(1);
  }

  private static void runQuietly(LoadClient client) {
    try {
      client.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void receiptsNameEachAcknowledgedKeyOnce(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("receipts");
    LoadReport report;
    try (var receipts = new Receipts(file)) {
      report = client(plan(4, 0, 1_000L, null), receipts::add).run();
    }
    assertThat(Files.readAllLines(file)).hasSize((int) report.firsts()).doesNotHaveDuplicates();
    assertThat(report.repeats()).isPositive();
  }
}
