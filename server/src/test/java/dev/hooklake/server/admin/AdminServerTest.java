package dev.hooklake.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.journal.Entry;
import dev.hooklake.journal.EventKey;
import dev.hooklake.server.analytics.EventLookup.LandedEvent;
import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.fake.MemoryJournal;
import dev.hooklake.server.fake.MemoryLake;
import dev.hooklake.server.fake.OpenApi;
import dev.hooklake.server.fake.PlainSource;
import dev.hooklake.server.fake.RawHttp;
import dev.hooklake.server.fake.RawHttp.Reply;
import dev.hooklake.server.intake.SourceCounts;
import dev.hooklake.server.pipeline.LakePipeline;
import dev.hooklake.server.pipeline.PipelineSettings;
import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdminServerTest {
  private static final String EVENT = "/api/v1/events/plain/";

  @TempDir private Path directory;
  private final ManualClock clock = new ManualClock();
  private final MemoryJournal journal = new MemoryJournal(clock);
  private final MemoryLake lake = new MemoryLake();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private AdminToken token;
  private LakePipeline pipeline;
  private AdminServer server;

  @BeforeEach
  void start() throws IOException {
    token = AdminToken.in(directory.resolve("admin-token"));
    lake.unreachable = true;
    pipeline =
        LakePipeline.start(
            new LakePipeline.Parts(
                journal,
                lake,
                Map.of("plain", new PlainSource()),
                registry,
                clock,
                RandomGenerator.getDefault()),
            PipelineSettings.DEFAULT);
    server = start("127.0.0.1");
  }

  @AfterEach
  void stop() {
    server.close();
    pipeline.close();
    registry.close();
  }

  @Test
  void theTokenIsMadeOnceAndOnlyItsOwnerCanReadIt() throws IOException {
    Path file = directory.resolve("admin-token");

    assertThat(token.reveal()).hasSize(64);
    assertThat(AdminToken.in(file).reveal()).isEqualTo(token.reveal());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(token.toString()).doesNotContain(token.reveal());
  }

  @Test
  void nothingIsToldWithoutTheToken() throws IOException {
    for (String path : List.of("/api/v1/status", EVENT + "a", "/openapi/admin.yaml")) {
      Reply reply = get(path, "Authorization: Bearer " + "0".repeat(64) + "\r\n");
      assertThat(reply.status()).as(path).isEqualTo(401);
      assertThat(reply.header("www-authenticate")).isEqualTo("Bearer");
    }
  }

  @Test
  void metricsAreOpenOnLoopbackAndGuardedElsewhere() throws IOException {
    assertThat(get("/metrics", "").status()).isEqualTo(200);
    try (AdminServer everywhere = start("0.0.0.0");
        RawHttp client = new RawHttp(everywhere.port())) {
      assertThat(client.send("GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n").reply().status())
          .isEqualTo(401);
    }
  }

  @Test
  void anEventThatWaitsIsShownWithTheLakesTrouble() throws Exception {
    journal.append(List.of(new Entry(EventKey.of("plain", "waits/here"), ByteBuffer.allocate(1))));
    while (pipeline.progress().lastError() == null) {
      Thread.onSpinWait();
    }
    Reply reply = authorized(EVENT + "waits/here");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).contains("\"in_journal\"", "no route to the lake", "nextAttemptAt");
  }

  @Test
  void anotherMethodIsAnswered405() throws IOException {
    try (RawHttp client = new RawHttp(server.port())) {
      Reply reply = client.send("POST /metrics HTTP/1.1\r\nHost: h\r\n\r\n").reply();
      assertThat(reply.status()).isEqualTo(405);
      assertThat(reply.header("allow")).isEqualTo("GET");
    }
  }

  @Test
  void anAddedPathAsksForTheTokenAndNamesItsMethods() throws IOException {
    Handler done = (_, response) -> Answers.json(response, 200, Map.of("done", true));
    try (AdminServer more =
            start(
                "127.0.0.1",
                new AdminRoute(Method.PUT, "/added", done),
                new AdminRoute(Method.DELETE, "/added", done));
        RawHttp client = new RawHttp(more.port())) {
      String token = "Authorization: Bearer " + this.token.reveal() + "\r\n";
      String rest = " /added HTTP/1.1\r\nHost: h\r\n";

      assertThat(client.send("PUT" + rest + "\r\n").reply().status()).isEqualTo(401);
      assertThat(client.send("PUT" + rest + token + "\r\n").reply().status()).isEqualTo(200);
      Reply wrong = client.send("GET" + rest + token + "\r\n").reply();
      assertThat(wrong.status()).isEqualTo(405);
      assertThat(wrong.header("allow")).isEqualTo("PUT, DELETE");
    }
  }

  @Test
  void everyServedPathIsDocumented() throws IOException {
    assertThat(new OpenApi("admin").paths()).containsAll(OpenApi.paths(server.paths()));
  }

  @Test
  void everyDocumentedAnswerIsGiven() throws IOException {
    var given = new TreeMap<String, Integer>();
    given.put("GET /metrics 200", get("/metrics", "").status());
    try (AdminServer everywhere = start("0.0.0.0");
        RawHttp client = new RawHttp(everywhere.port())) {
      String request = "GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n";
      given.put("GET /metrics 401", client.send(request).reply().status());
    }
    given.put("GET /api/v1/status 200", authorized("/api/v1/status").status());
    given.put("GET /api/v1/status 401", get("/api/v1/status", "").status());
    String event = "GET /api/v1/events/{source}/{key} ";
    given.put(event + 200, authorized(EVENT + "landed").status());
    given.put(event + 401, get(EVENT + "landed", "").status());
    given.put(event + 404, authorized(EVENT + "never").status());
    given.put(event + 503, authorized(EVENT + "unreadable").status());
    given.put("GET /openapi/{port}.yaml 200", authorized("/openapi/public.yaml").status());
    given.put("GET /openapi/{port}.yaml 401", get("/openapi/public.yaml", "").status());
    given.put("GET /openapi/{port}.yaml 404", authorized("/openapi/other.yaml").status());

    assertThat(given).allSatisfy((answer, status) -> assertThat(answer).endsWith(" " + status));
    assertThat(given.keySet())
        .isEqualTo(new OpenApi("admin").answersOf(OpenApi.paths(server.paths())));
  }

  private static Optional<LandedEvent> find(String key) throws IOException {
    return switch (key) {
      case "landed" ->
          Optional.of(
              new LandedEvent("email_events", 7, new ManualClock().instant(), 3, null, null));
      case "unreadable" -> throw new IOException("injected: no route to the lake");
      default -> Optional.empty();
    };
  }

  private Reply authorized(String path) throws IOException {
    return get(path, "Authorization: Bearer " + token.reveal() + "\r\n");
  }

  private Reply get(String path, String header) throws IOException {
    try (RawHttp client = new RawHttp(server.port())) {
      return client.send("GET " + path + " HTTP/1.1\r\nHost: h\r\n" + header + "\r\n").reply();
    }
  }

  private AdminServer start(String host, AdminRoute... further) throws IOException {
    var status =
        new StatusReport(
            new StatusReport.Parts(
                journal,
                pipeline,
                List.of(),
                List::of,
                () -> List.of(new SourceCounts("plain", 0, 0, 0, Map.of())),
                Optional::empty,
                clock),
            "1",
            false);
    return AdminServer.start(
        new AdminSettings(host, 0),
        new AdminServer.Parts(
            token,
            status,
            new EventOutcomes(journal, pipeline, (source, key) -> find(key)),
            registry,
            List.of(further)));
  }
}
