package dev.hooklake.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hooklake.lake.LakeReader;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.providers.Authorization;
import dev.hooklake.providers.Pace;
import dev.hooklake.providers.Patience;
import dev.hooklake.providers.Pauses;
import dev.hooklake.providers.ProviderHttp;
import dev.hooklake.providers.customerio.CustomerIoApi;
import dev.hooklake.providers.customerio.ReportingWebhook;
import dev.hooklake.server.access.Audit;
import dev.hooklake.server.access.AuditEntry;
import dev.hooklake.server.analytics.LakeQuestions;
import dev.hooklake.server.analytics.SqlLimits;
import dev.hooklake.server.customerio.Webhooks;
import dev.hooklake.server.fake.OpenApi;
import dev.hooklake.server.forwarding.Receiver;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.server.simulator.Provider;
import dev.hooklake.server.simulator.Sender;
import dev.hooklake.sources.signature.Secret;
import dev.hooklake.testkit.customerio.CustomerIoFake;
import dev.hooklake.testkit.customerio.GeneratedMessages;
import dev.hooklake.testkit.http.Fault;
import dev.hooklake.testkit.http.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Customer.io's webhooks and counts over real HTTP, at both ends.
final class CustomerIoRoutesTest {
  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-09-11T12:00:00Z"));
  private static final String BASE = "/api/v1/customerio/customerio";
  private static final String WEBHOOKS = BASE + "/webhooks";
  private static final String KEY = "an-app-api-key";
  private static final Patience ONE_TRY =
      new Patience(1, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(30));

  private final CustomerIoFake fake =
      new CustomerIoFake(
          new GeneratedMessages(
              3,
              500,
              Instant.parse("2026-09-01T00:00:00Z").getEpochSecond(),
              Duration.ofDays(10).toSeconds()),
          KEY,
          NOW,
          1_000);
  @TempDir private Path directory;
  private OperationsDatabase database;
  private LakeQuestions lake;
  private Audit audit;
  private Receiver receiver;
  private AdminUnderTest admin;

  @BeforeEach
  void start() throws IOException {
    database = OperationsDatabase.open(TestDatabase.SQLITE.empty(directory));
    lake =
        new LakeQuestions(
            LakeReader.open(LakeSettings.in(directory.resolve("lake"))), 1, new SqlLimits(1, 128));
    audit = new Audit(database, NOW);
    receiver = new Receiver();
    admin = served(accounts(KEY));
  }

  private AdminUnderTest served(CustomerIoAccounts accounts) throws IOException {
    return new AdminUnderTest(directory, routes(accounts));
  }

  private List<AdminRoute> routes(CustomerIoAccounts accounts) {
    return Stream.of(
            new CustomerIoRoutes(accounts, lake, audit, NOW).all(),
            new CustomerIoMetricRoutes(accounts, NOW).all())
        .flatMap(List::stream)
        .toList();
  }

  private CustomerIoAccounts accounts(String key) {
    return accounts(key, sender());
  }

  private CustomerIoAccounts accounts(String key, @Nullable Sender sender) {
    var http =
        new ProviderHttp(
            fake.url(), Authorization.bearer(key), Pace.perSecond(1_000, Pauses.real()), ONE_TRY);
    var webhooks = new Webhooks("customerio", "/webhook/customerio", new CustomerIoApi(http, NOW));
    return new CustomerIoAccounts(
        Map.of("customerio", new CustomerIoAccounts.Account("customerio", webhooks, sender)));
  }

  private static Sender sender() {
    var nowhere = URI.create("http://127.0.0.1/");
    return new Sender(
        "customerio", nowhere, nowhere.toString(), Provider.customerIo(Secret.of("signing-key")));
  }

  @AfterEach
  void stop() {
    admin.close();
    receiver.close();
    lake.close();
    database.close();
    fake.close();
  }

  @Test
  void aWebhookIsRegisteredOnceAndSwitchedOff() throws Exception {
    HttpResponse<String> created = create("https://u:p@hooks.example.org/webhook/customerio?k=1");
    JsonNode webhook = json(created).path("webhook");

    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(webhook.path("enabled").asBoolean()).isFalse();
    assertThat(webhook.path("leadsHere").asBoolean()).isTrue();
    assertThat(webhook.path("events")).hasSize(72);
    assertThat(json(created).path("nextSteps").toString()).contains("copy its signing key");
    assertThat(created.body()).doesNotContain("u:p", "k=1");
    HttpResponse<String> again = create("https://u:p@hooks.example.org/webhook/customerio?k=1");
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(json(again).at("/webhook/id")).isEqualTo(webhook.path("id"));
    assertThat(json(admin.get(WEBHOOKS)).path("webhooks")).hasSize(1);
    assertThat(audit.list(Audit.NEWEST, "", 10))
        .extracting(CustomerIoRoutesTest::outcome)
        .containsExactlyInAnyOrder("done", "refused");
  }

  /// What the answer would have told is found in the list.
  @Test
  void aRegistrationWhoseAnswerIsLostIsFound() throws Exception {
    fake.next(
        new Fault.Answered(
            Reply.json(
                200,
                JsonNodeFactory.instance
                    .objectNode()
                    .set("reporting_webhooks", JsonNodeFactory.instance.arrayNode()))));
    fake.next(new Fault.Lost());

    assertThat(create("https://hooks.example.org/webhook/customerio").statusCode()).isEqualTo(201);
    assertThat(json(admin.get(WEBHOOKS)).path("webhooks")).hasSize(1);
  }

  @Test
  void withoutTheSigningKeyNoWebhookIsSwitchedOn() throws Exception {
    String one = created("https://hooks.example.org/webhook/customerio");
    try (AdminUnderTest keyless = served(accounts(KEY, null))) {
      HttpResponse<String> answer = keyless.send("POST", one + "/enable", BodyPublishers.noBody());
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(answer.body()).contains("CUSTOMERIO_WEBHOOK_SECRET");
    }
    assertThat(json(admin.get(one)).path("enabled").asBoolean()).isFalse();
  }

  /// Somebody of the account may write any address there.
  @Test
  void noTestGoesToAnAddressThatIsNotOurs() throws Exception {
    CustomerIoApi api = accounts(KEY).bySource().get("customerio").webhooks().api();
    for (String endpoint :
        List.of(
            "http://10.0.0.5:9000/webhook/customerio",
            receiver.url().resolve("/x/webhook/customerio").toString())) {
      var webhook =
          new ReportingWebhook(
              0, "webhook", "x", endpoint, List.of("email_sent"), true, true, false);
      long id = api.create(webhook).orThrow().id();
      assertThat(post(WEBHOOKS + "/" + id + "/test", "").statusCode()).isEqualTo(409);
    }
    assertThat(receiver.got()).isEmpty();
  }

  @Test
  void itIsChangedSwitchedAndDeletedAndAllOfItIsWrittenDown() throws Exception {
    String one = created("https://hooks.example.org/webhook/customerio");
    JsonNode changed =
        json(patch(one, "{\"events\": [\"email_sent\"], \"fullResolution\": false}"));

    assertThat(changed.path("events")).hasSize(1);
    assertThat(changed.path("name").asText()).isEqualTo("hooklake");
    assertThat(json(post(one + "/enable", "")).path("enabled").asBoolean()).isTrue();
    assertThat(json(admin.get(BASE + "/webhook-check")).path("remarks").toString())
        .contains("hide a person");
    assertThat(json(post(one + "/disable", "")).path("enabled").asBoolean()).isFalse();
    assertThat(json(admin.get(BASE + "/webhook-check")).path("well").asBoolean()).isFalse();
    assertThat(delete(one).statusCode()).isEqualTo(200);
    assertThat(admin.get(one).statusCode()).isEqualTo(404);
    assertThat(delete(one).statusCode()).isEqualTo(404);
    assertThat(audit.list(Audit.NEWEST, "", 10))
        .extracting(entry -> entry.action() + " " + entry.target() + " " + outcome(entry))
        .containsExactlyInAnyOrder(
            "webhook.created customerio done",
            "webhook.changed customerio/1001 done",
            "webhook.enabled customerio/1001 done",
            "webhook.disabled customerio/1001 done",
            "webhook.deleted customerio/1001 done",
            "webhook.deleted customerio/1001 refused");
  }

  /// The answer is lost on the way: whether it was done, nobody knows.
  @Test
  void aChangeThatBreaksOffIsWrittenDownAsFailed() throws Exception {
    fake.next(new Fault.Answered(Reply.text(500, "")));

    assertThat(post(WEBHOOKS + "/7/enable", "").statusCode()).isEqualTo(502);
    assertThat(audit.list(Audit.NEWEST, "", 10))
        .extracting(CustomerIoRoutesTest::outcome)
        .containsExactly("failed");
  }

  @Test
  void aTestIsSignedAndGoesOnlyWhereTheSourceReceives() throws Exception {
    URI here = receiver.url().resolve("/webhook/customerio");
    JsonNode tested = json(post(created(here.toString()) + "/test", ""));

    assertThat(tested.path("accepted").asBoolean()).isTrue();
    assertThat(receiver.got())
        .singleElement()
        .satisfies(got -> assertThat(got.body()).contains("hooklake_test"));
    String queried = created(here + "?x=/other");
    assertThat(post(queried + "/test", "").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{|the body is no JSON",
        "{}|endpoint is missing",
        "{'endpoint':'hooks.example.org'}|the whole address",
        "{'endpoint':'https://hooks.example.org/x'}|path is not /webhook/customerio",
        "{'endpoint':'https://h.example.org/x/webhook/customerio'}|path is not /webhook/customerio",
        "{'endpoint':'http://10.0.0.5:9000/webhook/customerio'}|with https:// and a host",
        "{'endpoint':'https://a b/'}|no address",
        "{'endpoint':'https://h.example.org/webhook/customerio','events':['Sent!']}|is no event",
        "{'endpoint':'https://h.example.org/webhook/customerio','events':[]}|at least one event",
        "{'endpoint':'https://h.example.org/webhook/customerio','events':'all'}|no list of texts",
        "{'endpoint':'https://h.example.org/webhook/customerio','withContent':1}|true or false",
        "{'endpoint':'https://h.example.org/webhook/customerio','disabled':true}|unknown field",
      })
  void aWishThatCannotBeMetIsTold(String body, String told) throws Exception {
    HttpResponse<String> answer = post(WEBHOOKS, body.replace('\'', '"'));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(told);
    assertThat(fake.rate().total()).isZero();
  }

  @Test
  void countsComeAsJsonAndCsvInTheDaysThatCustomerIoCounts() throws Exception {
    JsonNode campaign = json(admin.get(BASE + "/metrics/campaign/1?from=2026-09-02"));
    assertThat(campaign.path("zone").asText()).isEqualTo("UTC");
    assertThat(campaign.path("rows")).hasSize(10);
    JsonNode newsletter = json(admin.get(BASE + "/metrics/newsletter/40?from=2026-01-01"));
    assertThat(newsletter.path("zone").asText()).isEqualTo("America/New_York");
    assertThat(newsletter.path("whole").asBoolean()).isFalse();
    assertThat(admin.get(BASE + "/metrics/campaign/1?format=csv").body()).startsWith("days,");
    for (String wrong : List.of("?from=soon", "?to=2020-01-01&from=2021-01-01", "?zone=Nowhere")) {
      assertThat(admin.get(BASE + "/metrics/campaign/1" + wrong).statusCode()).isEqualTo(400);
    }
    assertThat(admin.get(BASE + "/metrics/segment/1").body()).contains("campaign, newsletter");
  }

  @Test
  void aKeyThatIsRefusedIsToldAndNotShown() throws Exception {
    admin.close();
    admin = served(accounts("another-key"));
    HttpResponse<String> answer = admin.get(WEBHOOKS);

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("answered 401").doesNotContain("another-key");
  }

  @Test
  void everyDocumentedAnswerIsGiven() throws Exception {
    var given = new TreeMap<String, Integer>();
    List<AdminRoute> routes = routes(accounts(KEY));
    for (AdminRoute route : routes) {
      given.putAll(answersOf(route));
    }
    given.put(
        "POST /api/v1/customerio/{source}/webhooks 201",
        create("https://new.example.org/webhook/customerio").statusCode());
    for (String method : List.of("POST", "PATCH")) {
      String path = method.equals("POST") ? WEBHOOKS : WEBHOOKS + "/1001";
      given.put(method + " " + written(path) + " 413", send(method, path, " ".repeat(70_000)));
    }

    assertThat(given).allSatisfy((answer, status) -> assertThat(answer).endsWith(" " + status));
    assertThat(given.keySet())
        .isEqualTo(
            new OpenApi("admin")
                .answersOf(OpenApi.paths(routes.stream().map(AdminRoute::path).toList())));
  }

  private Map<String, Integer> answersOf(AdminRoute route) throws Exception {
    String method = route.method().text();
    String one = created(receiver.url().resolve("/webhook/customerio").toString());
    String path =
        route
            .path()
            .replace("{source}", "customerio")
            .replace(WEBHOOKS + "/{id}", one)
            .replace("{of}/{id}", "campaign/1");
    String body = method.equals("POST") ? "{\"endpoint\":\"" + endpoint() + "\"}" : "{}";
    String name = method + " " + route.path() + " ";
    var given = new TreeMap<String, Integer>();
    given.put(name + 401, admin.sendWithoutToken(method, path).statusCode());
    if (!method.equals("GET")) {
      given.put(name + 403, admin.sendAsViewer(method, path).statusCode());
    }
    given.put(name + 404, send(method, path.replace("io/customerio", "io/nobody"), body));
    if (route.path().contains("{id}") || method.equals("POST")) {
      given.put(name + 400, send(method, path.replaceFirst("/[0-9]+", "/none"), "{"));
    } else if (path.endsWith("check")) {
      given.put(name + 400, send(method, path + "?days=0", ""));
    }
    fake.next(new Fault.Answered(Reply.text(500, "")));
    given.put(name + 502, send(method, path, body));
    fake.refuseNext();
    given.put(name + 503, send(method, path, body));
    given.put(name + 409, withoutKey(method, path, body));
    given.put(name + 200, send(method, path, body));
    return given;
  }

  private int withoutKey(String method, String path, String body) throws Exception {
    try (AdminUnderTest off = served(new CustomerIoAccounts(Map.of()))) {
      HttpResponse<String> answer = off.send(method, path, BodyPublishers.ofString(body));
      assertThat(answer.body()).contains("CUSTOMERIO_APP_API_KEY");
      return answer.statusCode();
    }
  }

  private String endpoint() {
    return receiver.url().resolve("/webhook/customerio").toString();
  }

  private static String written(String path) {
    return path.replace("io/customerio", "io/{source}").replaceFirst("/[0-9]+", "/{id}");
  }

  private static String outcome(AuditEntry entry) {
    return entry.outcome().label();
  }

  private HttpResponse<String> create(String endpoint) throws Exception {
    return post(WEBHOOKS, "{\"endpoint\": \"" + endpoint + "\"}");
  }

  /// The path of a webhook that is there now.
  private String created(String endpoint) throws Exception {
    return WEBHOOKS + "/" + json(create(endpoint)).at("/webhook/id").asText();
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return admin.send("POST", path, BodyPublishers.ofString(body));
  }

  private HttpResponse<String> patch(String path, String body) throws Exception {
    return admin.send("PATCH", path, BodyPublishers.ofString(body));
  }

  private HttpResponse<String> delete(String path) throws Exception {
    return admin.send("DELETE", path, BodyPublishers.noBody());
  }

  private int send(String method, String path, String body) throws Exception {
    return admin.send(method, path, BodyPublishers.ofString(body)).statusCode();
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    return new ObjectMapper().readTree(answer.body());
  }
}
