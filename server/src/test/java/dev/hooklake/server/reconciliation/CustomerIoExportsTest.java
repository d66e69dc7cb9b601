package dev.hooklake.server.reconciliation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.hooklake.providers.Pace;
import dev.hooklake.providers.Pauses;
import dev.hooklake.providers.customerio.CustomerIoApi;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CustomerIoExportsTest {
  @TempDir private Path folder;

  @Test
  void aServerThatEndsInTheLastTryLeavesTheFileToTheNext() throws Exception {
    Thread job = Thread.currentThread();
    var tried = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    server.createContext(
        "/v1/exports/5/download",
        exchange -> {
          byte[] body = ("{\"url\":\"" + url + "/file\"}").getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.createContext(
        "/file",
        exchange -> {
          if (tried.incrementAndGet() == 3) {
            job.interrupt();
          }
          exchange.sendResponseHeaders(500, -1);
          exchange.close();
        });
    server.start();
    try {
      Pauses pauses = new NoPauses();
      InstantSource clock = InstantSource.system();
      var api = CustomerIoApi.of(URI.create(url), "app-key", Pace.perSecond(1_000, pauses), clock);
      var exports = new CustomerIoExports(api, true, pauses, clock);
      Path to = Files.createFile(folder.resolve("job-1.part"));
      assertThatThrownBy(() -> exports.fetch(5, to, 1_000))
          .isInstanceOf(InterruptedException.class);
    } finally {
      Thread.interrupted();
      server.stop(0);
    }
  }

  private static final class NoPauses implements Pauses {
    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public void pause(Duration wait) {}
  }
}
