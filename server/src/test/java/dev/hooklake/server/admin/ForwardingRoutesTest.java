package dev.hooklake.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.lake.LakeReader;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.server.access.Audit;
import dev.hooklake.server.fake.OpenApi;
import dev.hooklake.server.forwarding.Couriers;
import dev.hooklake.server.forwarding.Destination;
import dev.hooklake.server.forwarding.EventChoice;
import dev.hooklake.server.forwarding.ForwardingSettings;
import dev.hooklake.server.forwarding.ForwardingSettings.Breaking;
import dev.hooklake.server.forwarding.ForwardingSettings.Limits;
import dev.hooklake.server.forwarding.ForwardingSettings.Patience;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.server.pipeline.RecordDecoder;
import dev.hooklake.server.replay.ForwardingReplay;
import dev.hooklake.sources.signature.Secret;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Forwarding over real HTTP, in a real database.
final class ForwardingRoutesTest {
  private static final Instant NOW = Instant.parse("2026-10-28T09:00:00Z");
  private static final InstantSource CLOCK = () -> NOW;
  private static final String LIST = "/api/v1/forwarding";
  private static final String LETTERS = LIST + "/dead-letters";
  private static final String REPLAY = LIST + "/crm/replay";
  private static final String LANDED = LIST + "/crm/replay-landed";
  private static final String PERIOD = "?from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z";
  private static final Map<String, String> QUESTIONS =
      Map.of("GET " + LIST, LIST, "GET " + LETTERS, LETTERS);

  @TempDir private Path directory;
  private OperationsDatabase database;
  private Couriers couriers;
  private AdminUnderTest admin;

  @BeforeEach
  void start() throws Exception {
    database = OperationsDatabase.open(TestDatabase.SQLITE.empty(directory));
    var destination =
        new Destination(
            "crm",
            URI.create("https://hooks.example/very/secret?token=1"),
            List.of(Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")),
            EventChoice.ALL,
            null,
            false);
    couriers =
        Couriers.start(
            new ForwardingSettings(
                List.of(destination), Patience.DEFAULT, Limits.DEFAULT, Breaking.DEFAULT),
            new Couriers.Ground(database, new UUID(0, 1), new SimpleMeterRegistry(), CLOCK));
    admin = new AdminUnderTest(directory, routes(couriers).all());
    database.change(handle -> {
      for (int i = 1; i <= 3; i++) {
        handle.execute(
            "INSERT INTO forwards (destination, webhook_id, source, event_key, body, position, state,"
                + " attempts, queued_at, next_attempt_at, last_error) VALUES ('crm', ?, 's', 'k',"
                + " '{\"personal\": 1}', 1, 'dead', 9, 0, ?, 'answered 500')",
            "s:" + i,
            i);
      }
    });
  }

  @AfterEach
  void stop() {
    admin.close();
    couriers.close();
    database.close();
  }

  @Test
  void aDestinationIsShownWithoutWhatItsUrlMayHide() throws Exception {
    assertThat(admin.get(LIST).body())
        .contains("\"crm\"", "https://hooks.example/…", "\"dead\" : 3")
        .doesNotContain("secret", "token");
  }

  @Test
  void deadLettersAreShownNewestFirstWithoutWhatIsInThem() throws Exception {
    String body = admin.get(LETTERS + "?destination=crm&limit=2").body();

    assertThat(body).doesNotContain("personal", "s:1").containsSubsequence("s:3", "s:2");
    assertThat(admin.get(LETTERS + "?destination=other").body()).doesNotContain("s:");
  }

  @Test
  void oneIsSentAgainOrAllOfThemAndThatIsWrittenDown() throws Exception {
    assertThat(post(REPLAY + "?id=s%3A2")).isEqualTo("{\n  \"replayed\" : 1\n}");
    assertThat(post(REPLAY)).contains("2");
    assertThat(post(REPLAY)).contains("0");

    assertThat(new Audit(database, CLOCK).list(Audit.NEWEST, "dead-letters.replayed", 9))
        .hasSize(3);
  }

  @Test
  void everyDocumentedAnswerIsGiven() throws Exception {
    var given = new TreeMap<String, Integer>();
    String replay = "POST " + LIST + "/{destination}/replay ";
    for (var question : QUESTIONS.entrySet()) {
      String path = question.getValue();
      given.put(question.getKey() + " 200", admin.get(path).statusCode());
      given.put(question.getKey() + " 401", admin.sendWithoutToken("GET", path).statusCode());
    }
    given.put("GET " + LETTERS + " 400", admin.get(LETTERS + "?limit=0").statusCode());
    given.put(replay + 200, status(REPLAY));
    given.put(replay + 400, status(REPLAY + "?planet=mars"));
    given.put(replay + 401, admin.sendWithoutToken("POST", REPLAY).statusCode());
    given.put(replay + 403, admin.sendAsViewer("POST", REPLAY).statusCode());
    given.put(replay + 404, status(LIST + "/nobody/replay"));
    String landed = "POST " + LIST + "/{destination}/replay-landed ";
    given.put(landed + 200, status(LANDED + PERIOD));
    given.put(landed + 400, status(LANDED));
    given.put(landed + 401, admin.sendWithoutToken("POST", LANDED).statusCode());
    given.put(landed + 403, admin.sendAsViewer("POST", LANDED).statusCode());
    given.put(landed + 404, status(LIST + "/nobody/replay-landed" + PERIOD));
    whileOff(given, replay, landed);
    database.close();
    for (var question : QUESTIONS.entrySet()) {
      given.put(question.getKey() + " 503", admin.get(question.getValue()).statusCode());
    }
    given.put(replay + 503, status(REPLAY));
    given.put(landed + 503, status(LANDED + PERIOD));

    assertThat(given).allSatisfy((answer, status) -> assertThat(answer).endsWith(" " + status));
    List<String> paths = routes(couriers).all().stream().map(AdminRoute::path).toList();
    assertThat(given.keySet()).isEqualTo(new OpenApi("admin").answersOf(OpenApi.paths(paths)));
  }

  private void whileOff(Map<String, Integer> given, String replay, String landed) throws Exception {
    try (var off = new AdminUnderTest(directory, routes(null).all())) {
      for (var question : QUESTIONS.entrySet()) {
        given.put(question.getKey() + " 409", off.get(question.getValue()).statusCode());
      }
      given.put(replay + 409, off.send("POST", REPLAY, BodyPublishers.noBody()).statusCode());
      given.put(
          landed + 409, off.send("POST", LANDED + PERIOD, BodyPublishers.noBody()).statusCode());
    }
  }

  private ForwardingRoutes routes(Couriers all) {
    var lake = LakeReader.open(LakeSettings.in(directory.resolve("lake")));
    return new ForwardingRoutes(
        all == null
            ? null
            : new ForwardingRoutes.Asked(
                all,
                new ForwardingReplay(
                    lake,
                    new RecordDecoder(Map.of()),
                    all.pastEvents(),
                    CLOCK,
                    new ReentrantLock())),
        new Audit(database, CLOCK));
  }

  private int status(String path) throws Exception {
    return admin.send("POST", path, BodyPublishers.noBody()).statusCode();
  }

  private String post(String path) throws Exception {
    return admin.send("POST", path, BodyPublishers.noBody()).body();
  }
}
