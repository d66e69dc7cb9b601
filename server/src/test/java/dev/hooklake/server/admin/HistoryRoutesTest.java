package dev.hooklake.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.server.access.Audit;
import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.fake.MemoryJournal;
import dev.hooklake.server.fake.OpenApi;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.server.pipeline.OwnEvents;
import dev.hooklake.server.reconciliation.CheckedSource;
import dev.hooklake.server.reconciliation.ExportFolder;
import dev.hooklake.server.reconciliation.FigureQueries;
import dev.hooklake.server.reconciliation.Held;
import dev.hooklake.server.reconciliation.HeldEvents;
import dev.hooklake.server.reconciliation.HistoryJobs;
import dev.hooklake.server.reconciliation.HistoryRun;
import dev.hooklake.server.reconciliation.HistorySettings;
import dev.hooklake.server.reconciliation.ListedMessage;
import dev.hooklake.server.reconciliation.ProviderHistory;
import dev.hooklake.server.reconciliation.Subscription;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Reconciliation over real HTTP, of a provider that lists nothing.
final class HistoryRoutesTest {
  private static final String WISH =
      "{\"source\":\"customerio\",\"from\":\"1970-01-01\",\"to\":\"1970-01-01\"}";
  private static final String SPAN = "?source=customerio&from=2026-03-01&to=2026-03-02";

  @TempDir private Path directory;
  private OperationsDatabase database;
  private HistoryJobs jobs;
  private HistoryRoutes routes;
  private AdminUnderTest admin;

  @BeforeEach
  void start() throws IOException {
    var clock = new ManualClock();
    database = OperationsDatabase.open(TestDatabase.SQLITE.empty(directory));
    jobs =
        HistoryJobs.start(
            new HistoryJobs.Parts(
                new HistoryRun.Ground(
                    new OwnEvents(new MemoryJournal(clock), new SimpleMeterRegistry()),
                    database,
                    (_, _) -> {},
                    ExportFolder.in(directory),
                    new HistorySettings(7, Duration.ZERO, null, 1),
                    clock),
                List.of(new CheckedSource("customerio", new EmptyHistory())),
                _ -> new NothingHeld()),
            new CountDownLatch(1));
    routes =
        new HistoryRoutes(
            new HistoryRoutes.Asked(jobs, new FigureQueries(database), new Audit(database, clock)),
            clock);
    admin = new AdminUnderTest(directory, routes.all());
  }

  @AfterEach
  void stop() {
    admin.close();
    jobs.close();
    database.close();
  }

  @Test
  void everyDocumentedAnswerIsGiven() throws Exception {
    var given = new TreeMap<String, Integer>();
    for (String path : List.of("/api/v1/reconciliations", "/api/v1/backfills")) {
      given.put("POST " + path + " 202", post(path, WISH).statusCode());
      given.put("POST " + path + " 400", post(path, "{}").statusCode());
      given.put("POST " + path + " 413", post(path, " ".repeat(5_000)).statusCode());
      given.put("POST " + path + " 401", admin.sendWithoutToken("POST", path).statusCode());
    }
    String jobsPath = "/api/v1/history-jobs";
    HttpResponse<String> listed = admin.get(jobsPath);
    given.put("GET " + jobsPath + " 200", listed.statusCode());
    given.put("GET " + jobsPath + " 400", admin.get(jobsPath + "?limit=-1").statusCode());
    given.put("GET " + jobsPath + " 401", admin.sendWithoutToken("GET", jobsPath).statusCode());
    String id = new ObjectMapper().readTree(listed.body()).path("jobs").path(0).path("id").asText();
    given.put("GET " + jobsPath + "/{id} 200", admin.get(jobsPath + "/" + id).statusCode());
    given.put("GET " + jobsPath + "/{id} 400", admin.get(jobsPath + "/%00").statusCode());
    given.put("GET " + jobsPath + "/{id} 404", admin.get(jobsPath + "/none").statusCode());
    given.put(
        "GET " + jobsPath + "/{id} 401",
        admin.sendWithoutToken("GET", jobsPath + "/" + id).statusCode());
    for (String page : List.of("", "/report", "/missing")) {
      String path = "/api/v1/completeness" + page;
      given.put("GET " + path + " 200", admin.get(path + SPAN).statusCode());
      given.put("GET " + path + " 400", admin.get(path).statusCode());
      given.put("GET " + path + " 401", admin.sendWithoutToken("GET", path).statusCode());
    }
    given.putAll(whileNoProviderCanBeAsked());
    given.putAll(whileTheDatabaseIsAway(id));

    assertThat(given).allSatisfy((answer, status) -> assertThat(answer).endsWith(" " + status));
    assertThat(given.keySet())
        .isEqualTo(
            new OpenApi("admin")
                .answersOf(OpenApi.paths(routes.all().stream().map(AdminRoute::path).toList())));
  }

  private Map<String, Integer> whileNoProviderCanBeAsked() throws Exception {
    var given = new TreeMap<String, Integer>();
    try (var off =
        new AdminUnderTest(directory, new HistoryRoutes(null, new ManualClock()).all())) {
      for (AdminRoute route : routes.all()) {
        if (route.method().text().equals("POST")) {
          HttpResponse<String> answer =
              off.send("POST", route.path(), BodyPublishers.ofString(WISH));
          given.put("POST " + route.path() + " 409", answer.statusCode());
        } else {
          String query = route.path().contains("history") ? "" : SPAN;
          HttpResponse<String> answer = off.get(route.path().replace("{id}", "x") + query);
          given.put("GET " + route.path() + " 409", answer.statusCode());
          assertThat(answer.body()).contains("CUSTOMERIO_APP_API_KEY");
        }
      }
    }
    return given;
  }

  private Map<String, Integer> whileTheDatabaseIsAway(String id) throws Exception {
    var given = new TreeMap<String, Integer>();
    jobs.close();
    database.close();
    for (String path : List.of("/api/v1/reconciliations", "/api/v1/backfills")) {
      given.put("POST " + path + " 503", post(path, WISH).statusCode());
    }
    given.put("GET /api/v1/history-jobs 503", admin.get("/api/v1/history-jobs").statusCode());
    given.put(
        "GET /api/v1/history-jobs/{id} 503", admin.get("/api/v1/history-jobs/" + id).statusCode());
    for (String page : List.of("", "/report", "/missing")) {
      String path = "/api/v1/completeness" + page;
      given.put("GET " + path + " 503", admin.get(path + SPAN).statusCode());
    }
    return given;
  }

  @Test
  void whoAsksForAJobIsWrittenDown() throws Exception {
    post("/api/v1/backfills", WISH);
    assertThat(new Audit(database, new ManualClock()).list(Audit.NEWEST, "backfill", 10))
        .hasSize(1)
        .first()
        .satisfies(entry -> assertThat(entry.detail()).isEqualTo("1970-01-01 to 1970-01-01"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{|the body is no JSON",
        "{'source':'customerio'}|from is missing",
        "{'source':'customerio','from':'soon','to':'1970-01-01'}|from is a UTC day",
        "{'source':'nobody','from':'1970-01-01','to':'1970-01-01'}|with credentials for it are",
        "{'source':'customerio','from':'2026-01-01','to':'1970-01-01'}|is after to",
        "{'source':'customerio','days':3}|unknown field",
        "{'source':'customerio','from':'1970-01-01','to':'1970-01-01','export':7}|export is no object",
        "{'source':'customerio','from':'1970-01-01','to':'1970-01-01','export':{'of':'all'}}|export.of is one of campaign",
        "{'source':'customerio','from':'1970-01-01','to':'1970-01-01','export':{'of':'campaign'}}|from 1 on",
        "{'source':'customerio','from':'1970-01-01','to':'1970-01-01','export':{'of':'file'}}|export.file belongs to",
        "{'source':'customerio','from':'1970-01-01','to':'1970-01-01','export':{'of':'action','id':1,'channel':'lead'}}|export.channel is one of",
        "{'source':'customerio','from':'1970-01-01','to':'1970-01-01','export':{'of':'action','id':1}}|has no exports of deliveries",
      })
  void aWishThatCannotBeMetIsTold(String body, String told) throws Exception {
    HttpResponse<String> answer = post("/api/v1/backfills", body.replace('\'', '"'));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(told);
    assertThat(admin.get("/api/v1/history-jobs").body()).contains("\"jobs\" : [ ]");
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return admin.send("POST", path, BodyPublishers.ofString(body));
  }

  private static final class EmptyHistory implements ProviderHistory {
    @Override
    public Walk walk(LocalDate newest, LocalDate oldest) {
      return new Walk() {
        @Override
        public Step next() {
          return new Step.End();
        }

        @Override
        public long requests() {
          return 1;
        }
      };
    }

    @Override
    public Look subscription() {
      return new Look.Seen(Subscription.UNKNOWN);
    }
  }

  private static final class NothingHeld implements HeldEvents {
    @Override
    public void catchUp() {}

    @Override
    public Map<String, Held> of(Collection<? extends ListedMessage> messages, LocalDate since) {
      return Map.of();
    }

    @Override
    public void count(Days days, ZoneId zone, Counted counted) {}
  }
}
