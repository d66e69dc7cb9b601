package dev.hooklake.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.server.access.Audit;
import dev.hooklake.server.enrichment.Leads;
import dev.hooklake.server.enrichment.call.CallLimits;
import dev.hooklake.server.enrichment.call.CallMeters;
import dev.hooklake.server.enrichment.call.Ending;
import dev.hooklake.server.enrichment.call.RemoteService;
import dev.hooklake.server.enrichment.call.SharedPace;
import dev.hooklake.server.enrichment.crm.C2sApi;
import dev.hooklake.server.fake.OpenApi;
import dev.hooklake.server.operations.DatabaseSettings;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.testkit.http.Fault;
import dev.hooklake.testkit.http.Reply;
import dev.hooklake.testkit.leads.C2sFake;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Lead events over real HTTP, in a real database.
final class LeadRoutesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LEADS = "/api/v1/leads";
  private static final String SUBSCRIPTIONS = "/api/v1/c2s/subscriptions";
  private static final String URL = "{\"url\":\"https://hooks.example.com/c2s?token=t\"}";

  @TempDir private Path directory;
  private final C2sFake crm = C2sFake.fair("token");
  private final HttpClient http = HttpClient.newHttpClient();
  private OperationsDatabase database;
  private AdminUnderTest admin;

  @BeforeEach
  void start() throws Exception {
    database = OperationsDatabase.open(TestDatabase.SQLITE.empty(directory));
    admin = new AdminUnderTest(directory, routes(database, api()).all());
    event("failed", "failed", null);
    event("done", "completed", "enriched");
    event("open", "processing", null);
  }

  @AfterEach
  void stop() {
    admin.close();
    database.close();
    http.close();
    crm.close();
  }

  @Test
  void eventsAreListedNewestFirstAPageAtATime() throws Exception {
    JsonNode first = json(admin.get(LEADS + "?limit=2"));
    JsonNode rest = json(admin.get(LEADS + "?limit=2&after=" + first.path("next").asText()));

    assertThat(first.path("events"))
        .extracting(event -> event.path("id").asText())
        .containsExactly("open", "failed");
    assertThat(rest.path("events"))
        .extracting(event -> event.path("id").asText())
        .containsExactly("done");
    assertThat(rest.has("next")).isFalse();
    assertThat(json(admin.get(LEADS + "?status=failed")).path("events")).hasSize(1);
    assertThat(json(admin.get(LEADS + "?outcome=enriched&leadId=lead")).path("events")).hasSize(1);
  }

  @Test
  void aPayloadIsShownToWhoAsksForIt() throws Exception {
    assertThat(admin.get(LEADS + "/done").body()).doesNotContain("lead1@example.com");
    assertThat(admin.get(LEADS + "/done/payload").body()).contains("lead1@example.com");
    assertThat(new Audit(database, InstantSource.system()).list(Audit.NEWEST, "lead.payload", 10))
        .singleElement()
        .extracting(entry -> entry.target())
        .isEqualTo("done");
  }

  @Test
  void aDryRunChangesNothing() throws Exception {
    JsonNode dry = json(post(LEADS + "/reprocess?status=failed&dryRun=true"));
    assertThat(dry.toString()).contains("\"reprocessable\":1", "\"ids\":[\"failed\"]");
    assertThat(json(admin.get(LEADS + "/failed")).path("status").asText()).isEqualTo("failed");

    assertThat(json(post(LEADS + "/reprocess?status=failed")).path("reprocessed").asInt())
        .isEqualTo(1);
    assertThat(json(admin.get(LEADS + "/failed")).path("status").asText()).isEqualTo("received");
    assertThat(jobs()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?limit=0|give 1 to 500",
        "?status=gone|status is one of",
        "?outcome=gone|outcome is none",
        "?lead=1|unknown parameter",
        "?receivedFrom=yesterday|receivedFrom is no time",
        "/%00|id holds a NUL"
      })
  void aQuestionThatCannotBeReadIsTold(String path, String told) throws Exception {
    HttpResponse<String> answer = admin.get(LEADS + path);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(told);
  }

  @Test
  void aDryRunThatIsMisspeltIsNoRealOne() throws Exception {
    HttpResponse<String> answer = post(LEADS + "/reprocess?status=failed&dryRun=yes");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("dryRun is true or false");
    assertThat(jobs()).isZero();
  }

  @Test
  void everyDocumentedAnswerIsGiven() throws Exception {
    var given = new TreeMap<String, Integer>();
    given.put("GET /api/v1/leads 200", admin.get(LEADS).statusCode());
    given.put("GET /api/v1/leads 400", admin.get(LEADS + "?limit=0").statusCode());
    given.put("GET /api/v1/leads/{id} 200", admin.get(LEADS + "/done").statusCode());
    given.put("GET /api/v1/leads/{id} 400", admin.get(LEADS + "/%00").statusCode());
    given.put("GET /api/v1/leads/{id} 404", admin.get(LEADS + "/none").statusCode());
    given.put(
        "GET /api/v1/leads/{id}/payload 200", admin.get(LEADS + "/done/payload").statusCode());
    given.put("GET /api/v1/leads/{id}/payload 400", admin.get(LEADS + "/%00/payload").statusCode());
    given.put(
        "GET /api/v1/leads/{id}/payload 404", admin.get(LEADS + "/none/payload").statusCode());
    String one = "POST /api/v1/leads/{id}/reprocess ";
    given.put(one + 200, post(LEADS + "/done/reprocess").statusCode());
    given.put(one + 400, post(LEADS + "/%00/reprocess").statusCode());
    given.put(one + 404, post(LEADS + "/none/reprocess").statusCode());
    given.put(one + 409, post(LEADS + "/open/reprocess").statusCode());
    given.put(
        "POST /api/v1/leads/reprocess 200", post(LEADS + "/reprocess?status=failed").statusCode());
    given.put("POST /api/v1/leads/reprocess 400", post(LEADS + "/reprocess").statusCode());
    given.putAll(subscribing());
    given.putAll(withoutToken());
    given.putAll(asViewer());
    given.putAll(withoutLeads());
    given.putAll(whileTheDatabaseIsAway());

    assertThat(given).allSatisfy((answer, status) -> assertThat(answer).endsWith(" " + status));
    assertThat(given.keySet())
        .isEqualTo(
            new OpenApi("admin")
                .answersOf(
                    OpenApi.paths(
                        routes(database, null).all().stream().map(AdminRoute::path).toList())));
  }

  private Map<String, Integer> subscribing() throws Exception {
    var given = new TreeMap<String, Integer>();
    given.put("POST /api/v1/c2s/subscriptions 200", post(SUBSCRIPTIONS, URL).statusCode());
    given.put("POST /api/v1/c2s/subscriptions 400", post(SUBSCRIPTIONS, "{}").statusCode());
    given.put("DELETE /api/v1/c2s/subscriptions 200", delete(admin).statusCode());
    crm.next(new Fault.Answered(Reply.text(422, "")));
    given.put("POST /api/v1/c2s/subscriptions 502", post(SUBSCRIPTIONS, URL).statusCode());
    crm.next(new Fault.Answered(Reply.text(403, "")));
    given.put("DELETE /api/v1/c2s/subscriptions 502", delete(admin).statusCode());
    return given;
  }

  private Map<String, Integer> withoutToken() throws Exception {
    var given = new TreeMap<String, Integer>();
    for (AdminRoute route : routes(database, null).all()) {
      String method = route.method().text();
      String path = route.path().replace("{id}", "done");
      given.put(
          method + " " + route.path() + " 401", admin.sendWithoutToken(method, path).statusCode());
    }
    return given;
  }

  private Map<String, Integer> asViewer() throws Exception {
    var given = new TreeMap<String, Integer>();
    for (AdminRoute route : routes(database, null).all()) {
      if (route.access().equals(Access.OPERATOR)) {
        String method = route.method().text();
        String path = route.path().replace("{id}", "done");
        given.put(
            method + " " + route.path() + " 403", admin.sendAsViewer(method, path).statusCode());
      }
    }
    return given;
  }

  private Map<String, Integer> withoutLeads() throws Exception {
    var given = new TreeMap<String, Integer>();
    try (var off = new AdminUnderTest(directory, noLeads())) {
      given.put("GET /api/v1/leads 409", off.get(LEADS).statusCode());
      given.put("GET /api/v1/leads/{id} 409", off.get(LEADS + "/done").statusCode());
      given.put(
          "GET /api/v1/leads/{id}/payload 409", off.get(LEADS + "/done/payload").statusCode());
      HttpResponse<String> refused =
          off.send("POST", LEADS + "/reprocess?status=failed", BodyPublishers.noBody());
      given.put("POST /api/v1/leads/reprocess 409", refused.statusCode());
      assertThat(refused.body()).contains("WEBHOOK_SECRET");
      given.put(
          "POST /api/v1/c2s/subscriptions 409",
          off.send("POST", SUBSCRIPTIONS, BodyPublishers.ofString(URL)).statusCode());
      given.put("DELETE /api/v1/c2s/subscriptions 409", delete(off).statusCode());
    }
    return given;
  }

  /// Closed, as while the server stops.
  private Map<String, Integer> whileTheDatabaseIsAway() throws Exception {
    var given = new TreeMap<String, Integer>();
    OperationsDatabase closed = OperationsDatabase.open(DatabaseSettings.of("", directory));
    closed.close();
    try (var away = new AdminUnderTest(directory, routes(closed, null).all())) {
      given.put("GET /api/v1/leads 503", away.get(LEADS).statusCode());
      given.put("GET /api/v1/leads/{id} 503", away.get(LEADS + "/done").statusCode());
      given.put(
          "GET /api/v1/leads/{id}/payload 503", away.get(LEADS + "/done/payload").statusCode());
      given.put(
          "POST /api/v1/leads/{id}/reprocess 503",
          away.send("POST", LEADS + "/done/reprocess", BodyPublishers.noBody()).statusCode());
      given.put(
          "POST /api/v1/leads/reprocess 503",
          away.send("POST", LEADS + "/reprocess?status=failed", BodyPublishers.noBody())
              .statusCode());
    }
    return given;
  }

  private static LeadRoutes routes(OperationsDatabase database, C2sApi api) {
    InstantSource clock = InstantSource.system();
    var leads = new Leads(database, clock, () -> {});
    return new LeadRoutes(new LeadRoutes.Parts(leads, true, api, new Audit(database, clock)));
  }

  private List<AdminRoute> noLeads() {
    var audit = new Audit(database, InstantSource.system());
    return new LeadRoutes(new LeadRoutes.Parts(null, false, null, audit)).all();
  }

  private C2sApi api() {
    CallLimits limits = CallLimits.perMinute(100_000);
    InstantSource clock = InstantSource.system();
    var service =
        new RemoteService(
            "c2s",
            limits,
            new SharedPace("c2s", limits, database, clock),
            new RemoteService.Parts(
                http, new Ending(), clock, new CallMeters(new SimpleMeterRegistry())));
    return new C2sApi(service, crm.url(), "token");
  }

  private void event(String id, String status, String outcome) {
    String payload =
        "{\"id\":\"lead\",\"attributes\":{\"updated_at\":\"2026-01-15T10:00:00Z\","
            + "\"customer\":{\"email\":\"lead1@example.com\"}}}";
    database.change(handle -> {
      handle.execute(
          "INSERT INTO webhook_events (id, source, event_key, lead_id, updated_at, action,"
              + " payload_raw, received_at, processed_at, status, outcome, attempts, run)"
              + " VALUES (?, 'c2s', ?, 'lead', 1, 'created', ?, 1, 2, ?, ?, 0, 1)",
          id,
          id,
          payload,
          status,
          outcome);
      handle.execute(
          "INSERT INTO leads (source, lead_id, updated_at, action, notes_sent)"
              + " VALUES ('c2s', 'lead', 1, 'created', 0) ON CONFLICT DO NOTHING");
    });
  }

  private int jobs() {
    return database.read(handle ->
        handle.createQuery("SELECT COUNT(*) FROM scheduled_tasks").mapTo(int.class).one());
  }

  private HttpResponse<String> post(String path) throws Exception {
    return post(path, "");
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return admin.send("POST", path, BodyPublishers.ofString(body));
  }

  private static HttpResponse<String> delete(AdminUnderTest admin) throws Exception {
    return admin.send("DELETE", SUBSCRIPTIONS, BodyPublishers.noBody());
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return JSON.readTree(answer.body());
  }
}
