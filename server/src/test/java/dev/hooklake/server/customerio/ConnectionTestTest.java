package dev.hooklake.server.customerio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hooklake.server.simulator.Provider;
import dev.hooklake.server.simulator.Sender;
import dev.hooklake.sources.signature.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class ConnectionTestTest {
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CountDownLatch left = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::drip);
    server.start();
  }

  @AfterEach
  void stop() {
    closing.countDown();
    server.stop(0);
  }

  @Test
  @Timeout(120)
  void anAnswerWithoutAnEndIsLeftWithItsStatusKnown() throws Exception {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/elsewhere");
    var sender =
        new Sender(
            "customerio", address, address.toString(), Provider.customerIo(Secret.of("a-key")));

    ConnectionTest test = ConnectionTest.send(sender, address, Instant.EPOCH);

    assertThat(test.status()).isEqualTo(404);
    assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
  }

  /// Goes on until the other side has had enough.
  private void drip(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(404, 0);
      while (!closing.await(20, TimeUnit.MILLISECONDS)) {
        exchange.getResponseBody().write("drop".getBytes(UTF_8));
        exchange.getResponseBody().flush();
      }
    } catch (IOException e) {
      left.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
