package dev.hooklake.server.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.fake.MemoryJournal;
import dev.hooklake.server.fake.OpenApi;
import dev.hooklake.server.fake.RawHttp;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.customerio.CustomerIo;
import dev.hooklake.sources.customerio.CustomerIoSettings;
import dev.hooklake.sources.customerio.CustomerIoSigner;
import dev.hooklake.sources.signature.Secret;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Holds `docs/openapi/public.yaml` against the port.
final class PublicApiTest {
  private static final String HOOK = "/webhook/customerio";
  private static final List<String> PAGES = List.of("/", "/health", "/webhooks/health", "/readyz");

  private final ManualClock clock = new ManualClock();
  private final MemoryJournal journal = new MemoryJournal(clock);
  private final Secret secret = Secret.of("key");
  private Optional<String> obstacle = Optional.empty();
  private IntakeServer server;

  @BeforeEach
  void start() throws IOException {
    var source = new CustomerIo(CustomerIoSettings.of("customerio", List.of(secret)));
    server =
        IntakeServer.build(
            IntakeSettings.defaults("127.0.0.1", 0),
            new IntakeServer.Parts(
                Map.of(HOOK, source),
                journal,
                () -> obstacle,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                clock,
                "1"));
    server.open();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyServedPathIsDocumented() throws IOException {
    assertThat(new OpenApi("public").paths()).isEqualTo(server.paths());
  }

  @Test
  void everyDocumentedAnswerIsGiven() throws IOException {
    var given = new TreeMap<String, Integer>();
    deliveries(given);
    pages(given);
    obstacle = Optional.of("the journal failed");
    pages(given);
    given.put("GET /healthz 200", status("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n"));

    assertThat(given).allSatisfy((answer, status) -> assertThat(answer).endsWith(" " + status));
    // A body that does not arrive in time mostly ends in a closed connection; see IntakeServerTest.
    given.put("POST " + HOOK + " 408", 408);
    assertThat(given.keySet()).isEqualTo(new OpenApi("public").answers());
  }

  private void deliveries(Map<String, Integer> given) throws IOException {
    String hook = "POST " + HOOK + " ";
    given.put(hook + 200, status(delivery("{}", "")));
    given.put(
        hook + 400,
        status(
            "POST "
                + HOOK
                + " HTTP/1.1\r\nHost: h\r\nX-CIO-Signature: "
                + "0".repeat(64)
                + "\r\nContent-Length: 0\r\n\r\n"));
    given.put(hook + 401, status("POST " + HOOK + " HTTP/1.1\r\nHost: h\r\n\r\n"));
    given.put(hook + 405, status("PUT " + HOOK + " HTTP/1.1\r\nHost: h\r\n\r\n"));
    given.put(hook + 413, status(delivery("x".repeat((5 << 20) + 1), "")));
    given.put(hook + 415, status(delivery("{}", "Content-Encoding: br\r\n")));
    journal.full = true;
    given.put(hook + 503, status(delivery("{\"event_id\":\"other\"}", "")));
  }

  private void pages(Map<String, Integer> given) throws IOException {
    for (String page : PAGES) {
      int expected = obstacle.isEmpty() ? 200 : 503;
      given.put(
          "GET " + page + " " + expected, status("GET " + page + " HTTP/1.1\r\nHost: h\r\n\r\n"));
    }
  }

  private String delivery(String body, String header) {
    String signed =
        new CustomerIoSigner(secret)
            .sign(Payload.of(body), clock.instant()).values().entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue().getFirst() + "\r\n")
                .collect(Collectors.joining());
    return "POST "
        + HOOK
        + " HTTP/1.1\r\nHost: h\r\n"
        + header
        + signed
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private int status(String request) throws IOException {
    try (RawHttp client = new RawHttp(server.port())) {
      return client.send(request).reply().status();
    }
  }
}
