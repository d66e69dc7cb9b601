package dev.hooklake.server.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hooklake.sources.signature.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How an answer is judged whose body does not come, over a real socket.
@Timeout(60)
class HttpSenderTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final Secret SECRET = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  private static final Forward FORWARD = new Forward("crm", "customerio:e-1", "{}", 0, NOW, NOW);

  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;
  private HttpSender sender;
  private int status = 200;

  /// What is written of an answer's body, after its status.
  private interface Body {
    void write(OutputStream out) throws Exception;
  }

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
    var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    var destination = new Destination("crm", url, List.of(SECRET), EventChoice.ALL, null, true);
    sender = new HttpSender(destination, TIMEOUT, 2, InetAddress::getAllByName);
  }

  @AfterEach
  void close() {
    over.countDown();
    sender.close();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void anAnswerWhoseBodyNeverEndsIsTakenAtItsStatus() {
    answers(out -> {
      out.write('x');
      out.flush();
      over.await();
    });

    assertThat(sender.send(FORWARD, NOW)).isEqualTo(new Attempt.Delivered());
    status = 400;
    assertThat(sender.send(FORWARD, NOW))
        .isEqualTo(new Attempt.Failed("answered 400", Duration.ZERO, true));
  }

  @Test
  void anAnswerWithoutEndThatComesFastIsNotReadOn() {
    answers(out -> {
      byte[] some = new byte[8192];
      while (over.getCount() > 0) {
        out.write(some);
      }
    });

    assertThat(sender.send(FORWARD, NOW)).isEqualTo(new Attempt.Delivered());
  }

  private void answers(Body body) {
    server.createContext("/", exchange -> answer(exchange, body));
  }

  private void answer(HttpExchange exchange, Body body) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(status, 0);
    try {
      body.write(exchange.getResponseBody());
    } catch (Exception e) {
      throw new IOException(e);
    } finally {
      exchange.close();
    }
  }
}
