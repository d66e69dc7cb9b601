package dev.hooklake.server.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.fake.MemoryJournal;
import dev.hooklake.server.fake.OpenApi;
import dev.hooklake.server.fake.RawHttp;
import dev.hooklake.server.simulator.Provider;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.PublicAddress;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.c2s.C2s;
import dev.hooklake.sources.c2s.C2sSettings;
import dev.hooklake.sources.customerio.CustomerIo;
import dev.hooklake.sources.customerio.CustomerIoSettings;
import dev.hooklake.sources.generic.GenericSettings;
import dev.hooklake.sources.generic.GenericSource;
import dev.hooklake.sources.generic.Presets;
import dev.hooklake.sources.resend.Resend;
import dev.hooklake.sources.resend.ResendSettings;
import dev.hooklake.sources.signature.HmacAlgorithm;
import dev.hooklake.sources.signature.HmacKey;
import dev.hooklake.sources.signature.Secret;
import dev.hooklake.sources.twilio.Twilio;
import dev.hooklake.sources.twilio.TwilioSettings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Holds `docs/openapi/public.yaml` against the port.
final class PublicApiTest {
  private static final String CUSTOMERIO = "/webhook/customerio";
  private static final String TWILIO = "/webhooks/twilio";
  private static final String RESEND = "/webhooks/resend";
  private static final String C2S = "/api/v1/webhooks/c2s";
  private static final String LEAD =
      "{\"id\":\"%s\",\"attributes\":{\"updated_at\":\"2026-01-15T10:00:00Z\"}}";
  private static final String GENERIC = "/webhooks/meta-whatsapp";
  private static final List<String> PAGES = List.of("/", "/health", "/webhooks/health", "/readyz");

  private final ManualClock clock = new ManualClock();
  private final MemoryJournal journal = new MemoryJournal(clock);
  private final Secret secret = Secret.of("whsec_" + "bG9jYWwtdGVzdC1zZWNyZXQtMjRieXRC");
  private Optional<String> obstacle = Optional.empty();
  private IntakeServer server;

  @BeforeEach
  void start() throws Exception {
    server = start(SourceLimits.NONE);
  }

  private IntakeServer start(SourceLimits limits) throws Exception {
    var address = PublicAddress.of("https://hooks.example.org");
    Map<String, Source> sources =
        Map.of(
            CUSTOMERIO, new CustomerIo(CustomerIoSettings.of("customerio", List.of(secret))),
            TWILIO, new Twilio(TwilioSettings.of("twilio", List.of(secret), address)),
            RESEND, new Resend(ResendSettings.of("resend", List.of(secret))),
            C2S, new C2s(C2sSettings.of("c2s", List.of(Secret.of("the-token")))),
            GENERIC, whatsApp(address));
    List<Endpoint> endpoints = new ArrayList<>();
    sources.forEach((path, source) -> endpoints.add(new Endpoint(path, source, limits)));
    IntakeServer one =
        IntakeServer.build(
            IntakeSettings.defaults("127.0.0.1", 0),
            new IntakeServer.Parts(
                endpoints,
                journal,
                () -> obstacle,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                clock,
                "1"));
    one.open();
    return one;
  }

  private Source whatsApp(PublicAddress address) throws Exception {
    ObjectNode own = JsonNodeFactory.instance.objectNode();
    own.putObject("handshake").put("token", "agreed");
    return new GenericSource(
        GenericSettings.read(
            "meta-whatsapp", Presets.tree("meta-whatsapp", own), List.of(secret), address));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyServedPathIsDocumented() throws IOException {
    assertThat(new OpenApi("public").paths())
        .isEqualTo(
            server.paths().stream().map(PublicApiTest::documented).collect(Collectors.toSet()));
  }

  @Test
  void everyDocumentedAnswerIsGiven() throws Exception {
    var given = new TreeMap<String, Integer>();
    deliveries(given, CUSTOMERIO, "{}", signed(Provider.customerIo(secret), CUSTOMERIO));
    deliveries(
        given, TWILIO, "MessageSid=a", signed(Provider.twilio(secret, Optional.empty()), TWILIO));
    deliveries(given, RESEND, "{}", signed(Provider.resend(secret), RESEND));
    deliveries(given, GENERIC, "{}", this::signedWithSha256);
    leads(given);
    limited(given);
    handshake(given);
    pages(given);
    obstacle = Optional.of("the journal failed");
    pages(given);
    given.put("GET /healthz 200", status("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n"));

    assertThat(given).allSatisfy((answer, status) -> assertThat(answer).endsWith(" " + status));
    // A body that does not arrive in time mostly ends in a closed connection; see IntakeServerTest.
    for (String hook : List.of(CUSTOMERIO, TWILIO, RESEND, C2S, GENERIC)) {
      given.put("POST " + documented(hook) + " 408", 408);
    }
    assertThat(given.keySet()).isEqualTo(new OpenApi("public").answers());
  }

  /// What sources have in common; `signing` gives the headers that make a body authentic.
  private void deliveries(
      Map<String, Integer> given, String path, String body, Function<String, Headers> signing)
      throws IOException {
    String hook = "POST " + documented(path) + " ";
    given.put(hook + 200, status(delivery(path, body, signing, "")));
    given.put(hook + 400, status(delivery(path, body, signing, "Content-Encoding: gzip\r\n")));
    given.put(
        hook + (path.equals(TWILIO) ? 403 : 401),
        status(
            delivery(path, body, signing, "")
                .replaceAll("(?i)(signature[^:]*: [^\r]*?)(.)\r", "$1!\r")));
    given.put(hook + 405, status("PUT " + path + " HTTP/1.1\r\nHost: h\r\n\r\n"));
    given.put(hook + 413, status(delivery(path, "x".repeat((5 << 20) + 1), signing, "")));
    given.put(hook + 415, status(delivery(path, body, signing, "Content-Encoding: br\r\n")));
    journal.full = true;
    given.put(hook + 503, status(delivery(path, body + " ", signing, "")));
    journal.full = false;
    given.put(
        "HEAD " + documented(path) + " 200",
        status("HEAD " + path + " HTTP/1.1\r\nHost: h\r\n\r\n"));
  }

  private void leads(Map<String, Integer> given) throws IOException {
    Function<String, Headers> token = _ -> Headers.of("x-webhook-token", "the-token");
    Function<String, Headers> wrong = _ -> Headers.of("x-webhook-token", "the-tokeN");
    String hook = "POST " + C2S + " ";
    given.put(hook + 200, status(delivery(C2S, LEAD.formatted("a"), token, "")));
    given.put(hook + 400, status(delivery(C2S, "{}", token, "")));
    given.put(hook + 401, status(delivery(C2S, LEAD.formatted("a"), wrong, "")));
    given.put(hook + 405, status("PUT " + C2S + " HTTP/1.1\r\nHost: h\r\n\r\n"));
    given.put(hook + 413, status(delivery(C2S, "x".repeat((5 << 20) + 1), token, "")));
    given.put(hook + 415, status(delivery(C2S, "{}", token, "Content-Encoding: br\r\n")));
    journal.full = true;
    given.put(hook + 503, status(delivery(C2S, LEAD.formatted("b"), token, "")));
    journal.full = false;
    given.put("HEAD " + C2S + " 200", status("HEAD " + C2S + " HTTP/1.1\r\nHost: h\r\n\r\n"));
  }

  private void limited(Map<String, Integer> given) throws Exception {
    var once = new SourceLimits(new RateLimit(1, Duration.ofHours(1)), List.of());
    try (IntakeServer strict = start(once)) {
      Function<String, Headers> signing = signed(Provider.resend(secret), RESEND);
      status(delivery(RESEND, "{}", signing, ""), strict.port());
      given.put(
          "POST " + RESEND + " 429", status(delivery(RESEND, "{}", signing, ""), strict.port()));
    }
  }

  private void handshake(Map<String, Integer> given) throws IOException {
    String get = "GET " + documented(GENERIC) + " ";
    String question = "?hub.mode=subscribe&hub.challenge=42&hub.verify_token=";
    given.put(
        get + 200, status("GET " + GENERIC + question + "agreed HTTP/1.1\r\nHost: h\r\n\r\n"));
    given.put(
        get + 403, status("GET " + GENERIC + question + "guessed HTTP/1.1\r\nHost: h\r\n\r\n"));
  }

  private void pages(Map<String, Integer> given) throws IOException {
    for (String page : PAGES) {
      int expected = obstacle.isEmpty() ? 200 : 503;
      given.put(
          "GET " + page + " " + expected, status("GET " + page + " HTTP/1.1\r\nHost: h\r\n\r\n"));
    }
  }

  private static String documented(String path) {
    return path.equals(GENERIC) ? "/webhooks/{source}" : path;
  }

  private Function<String, Headers> signed(Provider provider, String path) {
    return body ->
        provider
            .sign(
                provider.event(Payload.of(body)),
                "https://hooks.example.org" + path,
                clock.instant())
            .headers();
  }

  private Headers signedWithSha256(String body) {
    byte[] signature =
        new HmacKey(HmacAlgorithm.SHA256, secret).sign(List.of(body.getBytes(UTF_8)));
    return Headers.of("x-hub-signature-256", "sha256=" + HexFormat.of().formatHex(signature));
  }

  private static String delivery(
      String path, String body, Function<String, Headers> signing, String header) {
    String signed =
        signing.apply(body).values().entrySet().stream()
            .map(entry -> entry.getKey() + ": " + entry.getValue().getFirst() + "\r\n")
            .collect(Collectors.joining());
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: h\r\n"
        + header
        + signed
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private int status(String request) throws IOException {
    return status(request, server.port());
  }

  private static int status(String request, int port) throws IOException {
    try (RawHttp client = new RawHttp(port)) {
      return client.send(request).reply().status();
    }
  }
}
