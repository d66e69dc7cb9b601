package dev.hooklake.server.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import dev.hooklake.server.fake.Certificate;
import dev.hooklake.sources.signature.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Forwarding over real TLS: the address is the one that was judged, the name is that of the URL.
@Timeout(60)
class TlsTest {
  private static final String HOST = "hooks.example.org";
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final Secret SECRET = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  private static final Forward FORWARD = new Forward("crm", "customerio:e-1", "{}", 0, NOW, NOW);

  @TempDir private static Path folder;
  private static Certificate ofTheHost;
  private static Certificate ofAnother;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpsServer server;

  @BeforeAll
  static void make() throws Exception {
    ofTheHost = Certificate.of(folder, "dns:" + HOST);
    ofAnother = Certificate.of(folder, "dns:other.example.org");
  }

  @AfterEach
  void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void theCertificateAndTheServersNameAreThoseOfTheUrlsHost() throws Exception {
    serve(ofTheHost);

    assertThat(sent(ofTheHost)).isEqualTo(new Attempt.Delivered());
    assertThat(asked).containsExactly("name " + HOST + ", host " + HOST + ":" + port());
  }

  @Test
  void aCertificateOfAnotherHostIsRefusedThoughItIsTrusted() throws Exception {
    serve(ofAnother);

    assertRefused(sent(ofAnother));
  }

  @Test
  void aCertificateOfTheHostThatNobodyTrustsIsRefused() throws Exception {
    serve(ofTheHost);

    assertRefused(sent(ofAnother));
  }

  private void assertRefused(Attempt attempt) {
    assertThat(attempt)
        .isInstanceOfSatisfying(
            Attempt.Failed.class,
            failed -> assertThat(failed.reason()).contains("no secure connection", "certificate"));
    assertThat(asked).isEmpty();
  }

  private void serve(Certificate certificate) throws Exception {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate.server()));
    server.setExecutor(threads);
    server.createContext("/", this::take);
    server.start();
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      var session = (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
      var name = (SNIHostName) session.getRequestedServerNames().getFirst();
      asked.add(
          "name "
              + name.getAsciiName()
              + ", host "
              + exchange.getRequestHeaders().getFirst("Host"));
      exchange.sendResponseHeaders(204, -1);
    }
  }

  /// What a sender makes of it whose Java trusts one certificate only.
  private Attempt sent(Certificate trusted) {
    var url = URI.create("https://" + HOST + ":" + port() + "/hook");
    var destination = new Destination("crm", url, List.of(SECRET), EventChoice.ALL, null, true);
    String before = System.getProperty(TRUST_STORE);
    System.setProperty(TRUST_STORE, trusted.store().toString());
    System.setProperty(TRUST_STORE + "Password", trusted.password());
    try (var sender = new HttpSender(destination, Duration.ofSeconds(30), 2, TlsTest::onLoopback)) {
      return sender.send(FORWARD, NOW);
    } finally {
      System.clearProperty(TRUST_STORE + "Password");
      if (before == null) {
        System.clearProperty(TRUST_STORE);
      } else {
        System.setProperty(TRUST_STORE, before);
      }
    }
  }

  private static InetAddress[] onLoopback(String host) throws UnknownHostException {
    assertThat(host).isEqualTo(HOST);
    return new InetAddress[] {InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})};
  }
}
