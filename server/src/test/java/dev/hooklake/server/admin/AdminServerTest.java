package dev.hooklake.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.journal.Entry;
import dev.hooklake.journal.EventKey;
import dev.hooklake.lake.LakeReader;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.server.access.AccessToken;
import dev.hooklake.server.access.AccessTokens;
import dev.hooklake.server.access.Audit;
import dev.hooklake.server.access.Caller;
import dev.hooklake.server.access.LoginLimit;
import dev.hooklake.server.access.LoginLinks;
import dev.hooklake.server.access.Role;
import dev.hooklake.server.access.SessionLimits;
import dev.hooklake.server.access.Sessions;
import dev.hooklake.server.analytics.EventLookup.LandedEvent;
import dev.hooklake.server.analytics.LakeQuestions;
import dev.hooklake.server.analytics.SqlLimits;
import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.fake.MemoryJournal;
import dev.hooklake.server.fake.MemoryLake;
import dev.hooklake.server.fake.OpenApi;
import dev.hooklake.server.fake.PlainSource;
import dev.hooklake.server.fake.RawHttp;
import dev.hooklake.server.fake.RawHttp.Reply;
import dev.hooklake.server.intake.SourceCounts;
import dev.hooklake.server.operations.DatabaseSettings;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.pipeline.LakePipeline;
import dev.hooklake.server.pipeline.OwnEvents;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdminServerTest {
  private static final String EVENT = "/api/v1/events/plain/";

  @TempDir private Path directory;
  private final ManualClock clock = new ManualClock();
  private final Sessions sessions = new Sessions(SessionLimits.DEFAULT, clock);
  private final LoginLinks links = new LoginLinks(clock);
  private final MemoryJournal journal = new MemoryJournal(clock);
  private final MemoryLake lake = new MemoryLake();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private AccessToken token;
  private AccessToken viewer;
  private OperationsDatabase database;
  private LakeQuestions questions;
  private LakePipeline pipeline;
  private AdminServer server;

  @BeforeEach
  void start() throws IOException {
    token = AccessToken.in(directory.resolve("admin-token"));
    viewer = AccessToken.in(directory.resolve("viewer-token"));
    database =
        OperationsDatabase.open(new DatabaseSettings.Sqlite(directory.resolve("operations.db")));
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
    questions =
        new LakeQuestions(
            LakeReader.open(LakeSettings.in(directory.resolve("lake"))), 1, new SqlLimits(1, 128));
    server = start("127.0.0.1");
  }

  @AfterEach
  void stop() {
    server.close();
    pipeline.close();
    registry.close();
    database.close();
    questions.close();
  }

  @Test
  void theTokenIsMadeOnceAndOnlyItsOwnerCanReadIt() throws IOException {
    Path file = directory.resolve("admin-token");

    assertThat(token.reveal()).hasSize(64);
    assertThat(AccessToken.in(file).reveal()).isEqualTo(token.reveal());
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
      assertThat(client.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n").reply().status())
          .isEqualTo(401);
    }
  }

  @Test
  void anEventThatWasErasedBeforeItLandedIsUnknown() throws Exception {
    ByteBuffer zeros = ByteBuffer.allocate(1);
    journal.append(List.of(new Entry(EventKey.of("plain", "erased"), zeros)));
    Reply reply = authorized(EVENT + "erased");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.body()).contains("\"unknown\"");
  }

  @Test
  void anEventThatWaitsIsShownWithTheLakesTrouble() throws Exception {
    ByteBuffer payload = ByteBuffer.wrap(new byte[] {1});
    journal.append(List.of(new Entry(EventKey.of("plain", "waits/here"), payload)));
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
      Reply reply = client.send("POST /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n").reply();
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
      String rest = " /added HTTP/1.1\r\nHost: localhost\r\n";

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
      String request = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n";
      given.put("GET /metrics 401", client.send(request).reply().status());
    }
    given.put("GET /api/v1/status 200", authorized("/api/v1/status").status());
    given.put("GET /api/v1/status 401", get("/api/v1/status", "").status());
    String event = "GET /api/v1/events/{source}/{key} ";
    given.put(event + 200, authorized(EVENT + "landed").status());
    given.put(event + 401, get(EVENT + "landed", "").status());
    given.put(event + 404, authorized(EVENT + "never").status());
    given.put(event + 503, authorized(EVENT + "unreadable").status());
    String links = "POST /api/v1/login-links ";
    given.put(links + 201, post("/api/v1/login-links", token).status());
    given.put(links + 401, post("/api/v1/login-links", null).status());
    given.put(links + 403, post("/api/v1/login-links", viewer).status());
    given.put("GET /api/v1/audit 200", authorized("/api/v1/audit?limit=5").status());
    given.put("GET /api/v1/audit 400", authorized("/api/v1/audit?limit=none").status());
    given.put("GET /api/v1/audit 401", get("/api/v1/audit", "").status());
    given.put("GET /api/v1/audit 403", get("/api/v1/audit", bearer(viewer)).status());
    givenByAnalytics(given);
    given.put("GET /openapi/{port}.yaml 200", authorized("/openapi/public.yaml").status());
    given.put("GET /openapi/{port}.yaml 401", get("/openapi/public.yaml", "").status());
    given.put("GET /openapi/{port}.yaml 404", authorized("/openapi/other.yaml").status());

    assertThat(given).allSatisfy((answer, status) -> assertThat(answer).endsWith(" " + status));
    assertThat(given.keySet())
        .isEqualTo(new OpenApi("admin").answersOf(OpenApi.paths(server.paths())));
  }

  private void givenByAnalytics(Map<String, Integer> given) throws IOException {
    String measures =
        "/api/v1/analytics?measures=sent,human_open_rate&dimensions=channel&bucket=day";
    given.put("GET /api/v1/analytics 200", authorized(measures).status());
    given.put("GET /api/v1/analytics 400", authorized(measures + "&planet=mars").status());
    given.put("GET /api/v1/analytics 401", get(measures, "").status());
    given.put("GET /api/v1/names 200", authorized("/api/v1/names").status());
    given.put("GET /api/v1/names 401", get("/api/v1/names", "").status());
    given.put("GET /api/v1/reports 200", authorized("/api/v1/reports").status());
    given.put("GET /api/v1/reports 401", get("/api/v1/reports", "").status());
    String report = "GET /api/v1/reports/{name} ";
    given.put(report + 200, authorized("/api/v1/reports/funnel?format=csv").status());
    given.put(report + 400, authorized("/api/v1/reports/funnel?from=yesterday").status());
    given.put(report + 401, get("/api/v1/reports/funnel", "").status());
    given.put(report + 403, get("/api/v1/reports/customer-engagement", bearer(viewer)).status());
    given.put(report + 404, authorized("/api/v1/reports/none").status());
    String one = "{\"sql\": \"SELECT 1\"}";
    given.put("POST /api/v1/sql 200", sql(one, token).status());
    given.put("POST /api/v1/sql 400", sql("{\"sql\": \"DROP VIEW x\"}", token).status());
    given.put("POST /api/v1/sql 401", sql(one, null).status());
    given.put("POST /api/v1/sql 403", sql(one, viewer).status());
    // A directory that is a file can be read by nobody.
    Files.deleteIfExists(directory.resolve("lake"));
    Files.writeString(directory.resolve("lake"), "no lake");
    given.put("GET /api/v1/analytics 503", authorized(measures).status());
    given.put("GET /api/v1/names 503", authorized("/api/v1/names").status());
    given.put(report + 503, authorized("/api/v1/reports/funnel").status());
    given.put("POST /api/v1/sql 503", sql(one, token).status());
  }

  @Test
  void whatIsNotAnsweredNowIsNobodysMistake() throws IOException {
    questions.close();
    List<Reply> replies =
        List.of(
            authorized("/api/v1/names"),
            authorized("/api/v1/analytics?measures=sent"),
            authorized("/api/v1/reports/funnel"),
            sql("{\"sql\": \"SELECT 1\"}", token));

    assertThat(replies)
        .allSatisfy(reply -> {
          assertThat(reply.status()).isEqualTo(503);
          assertThat(reply.header("retry-after")).isEqualTo("5");
          assertThat(reply.body()).contains("try again");
        });
  }

  @Test
  void measuresComeAsJsonAndAsCsv() throws IOException {
    String question = "/api/v1/analytics?measures=sent,open_rate&dimensions=channel,campaign_id";

    assertThat(authorized(question).body())
        .contains("\"columns\"", "\"open_rate\"", "\"cutOff\" : false");
    assertThat(authorized(question + "&format=csv").body())
        .isEqualTo("channel,campaign_id,sent,open_rate\r\n");
    assertThat(authorized("/api/v1/analytics?measures=opens").body())
        .contains("human_open_rate", "there is no measures of that name");
  }

  @Test
  void whatWasAskedInSqlIsAuditedWithoutItsValues() throws IOException {
    sql("{\"sql\": \"SELECT 1 FROM email_events WHERE recipient = 'ana@example.com'\"}", token);

    assertThat(authorized("/api/v1/audit?action=sql").body())
        .contains("WHERE recipient = '", "operator token")
        .doesNotContain("ana@");
  }

  @Test
  void aBodyThatIsNoTextAsksNothing() throws IOException {
    assertThat(sql("\0\0\0{\0\u0011\0\0", token).status()).isEqualTo(400);
  }

  private Reply sql(String body, AccessToken token) throws IOException {
    String proof = token == null ? "" : bearer(token);
    try (RawHttp client = new RawHttp(server.port())) {
      return client
          .send(
              "POST /api/v1/sql HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                  + body.length()
                  + "\r\n"
                  + proof
                  + "\r\n"
                  + body)
          .reply();
    }
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

  @Test
  void aLinkLogsInOnceAndItsMakingIsAudited() throws IOException {
    String code =
        post("/api/v1/login-links", token).body().replaceAll("(?s).*/link/([^\"]+).*", "$1");

    assertThat(links.use(code)).contains(new Caller("login link", Role.OPERATOR));
    assertThat(links.use(code)).isEmpty();
    assertThat(authorized("/api/v1/audit").body())
        .contains("login-link.made", "operator token")
        .doesNotContain(code);
  }

  private Reply authorized(String path) throws IOException {
    return get(path, bearer(token));
  }

  private static String bearer(AccessToken token) {
    return "Authorization: Bearer " + token.reveal() + "\r\n";
  }

  private Reply post(String path, AccessToken token) throws IOException {
    String proof = token == null ? "" : bearer(token);
    try (RawHttp client = new RawHttp(server.port())) {
      return client
          .send(
              "POST "
                  + path
                  + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"
                  + proof
                  + "\r\n")
          .reply();
    }
  }

  private Reply get(String path, String header) throws IOException {
    try (RawHttp client = new RawHttp(server.port())) {
      return client
          .send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n")
          .reply();
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
                new OwnEvents(journal, registry),
                Optional::empty,
                Map.of("part", () -> Map.of("state", "idle")),
                clock),
            "1",
            false);
    return AdminServer.start(
        new AdminSettings(host, 0),
        new AdminServer.Parts(
            new AccessTokens(token, viewer),
            sessions,
            new LoginLimit(clock),
            status,
            new EventOutcomes(journal, pipeline, (source, key) -> find(key)),
            registry,
            Stream.of(
                    new AccessRoutes(links, new Audit(database, clock)).all(),
                    new AnalyticsRoutes(questions, new Audit(database, clock), clock).all(),
                    List.of(further))
                .flatMap(List::stream)
                .toList()));
  }
}
