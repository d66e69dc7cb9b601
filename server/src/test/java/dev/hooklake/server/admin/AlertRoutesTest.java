package dev.hooklake.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.server.access.Audit;
import dev.hooklake.server.access.AuditEntry;
import dev.hooklake.server.alerts.AlertLimits;
import dev.hooklake.server.alerts.AlertSettings;
import dev.hooklake.server.alerts.Alerts;
import dev.hooklake.server.alerts.channel.LogChannel;
import dev.hooklake.server.alerts.channel.SlackChannel;
import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Alerts over real HTTP, in a real database.
final class AlertRoutesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SILENCES = "/api/v1/alerts/silences";

  @TempDir private Path directory;
  private final ManualClock clock = new ManualClock();
  private OperationsDatabase database;
  private Audit audit;
  private AdminUnderTest admin;

  @BeforeEach
  void start() throws IOException {
    database = OperationsDatabase.open(TestDatabase.SQLITE.empty(directory));
    audit = new Audit(database, clock);
    var alerts =
        new Alerts(
            new Alerts.Parts(database, new UUID(0, 1), new SimpleMeterRegistry(), clock),
            new AlertSettings(
                Duration.ofMinutes(1),
                ZoneOffset.UTC,
                Set.of(),
                AlertLimits.DEFAULT,
                List.of(new LogChannel(), new SlackChannel(nobodyThere()))));
    admin = new AdminUnderTest(directory, new AlertRoutes(alerts, audit).all());
  }

  @AfterEach
  void stop() {
    admin.close();
    database.close();
  }

  @Test
  void aSilenceIsShownUntilItIsEndedAndBothAreAudited() throws Exception {
    HttpResponse<String> made =
        silence("{\"rule\": \"missing-events\", \"subject\": \"a\", \"minutes\": 60}");
    assertThat(made.statusCode()).isEqualTo(201);
    JsonNode silence = JSON.readTree(made.body());
    assertThat(silence.path("until").asText()).isEqualTo("2026-01-05T10:00:00Z");
    assertThat(list().path("silences")).containsExactly(silence);

    String path = SILENCES + "/" + silence.path("id").asText();
    assertThat(admin.send("DELETE", path, BodyPublishers.noBody()).statusCode()).isEqualTo(200);
    assertThat(admin.send("DELETE", path, BodyPublishers.noBody()).statusCode()).isEqualTo(404);
    assertThat(list().path("silences")).isEmpty();
    assertThat(audit.list(Audit.NEWEST, "", 10))
        .extracting(AuditEntry::action)
        .contains("alerts.silenced", "alerts.silence-ended");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"minutes\": 0}",
        "{\"minutes\": 1.5}",
        "{\"minutes\": \"60\"}",
        "{\"rule\": \"no-rule\", \"minutes\": 60}",
        "{\"for\": 60}",
        "no json"
      })
  void aSilenceThatCannotBeMeantIsMalformed(String body) throws Exception {
    assertThat(silence(body).statusCode()).isEqualTo(400);
  }

  @Test
  void aTestSaysOfEachChannelWhetherItTookIt() throws Exception {
    JsonNode outcomes =
        JSON.readTree(admin.send("POST", "/api/v1/alerts/test", BodyPublishers.noBody()).body())
            .path("outcomes");

    assertThat(outcomes.get(0).path("channel").asText()).isEqualTo("log");
    assertThat(outcomes.get(0).path("taken").asBoolean()).isTrue();
    assertThat(outcomes.get(1).path("taken").asBoolean()).isFalse();
    assertThat(outcomes.get(1).path("error").asText())
        .contains("could not be reached")
        .doesNotContain("services");
  }

  @Test
  void aViewerMayLookAndNothingElse() throws Exception {
    assertThat(admin.sendAsViewer("GET", "/api/v1/alerts").statusCode()).isEqualTo(200);
    assertThat(admin.sendAsViewer("POST", "/api/v1/alerts/test").statusCode()).isEqualTo(403);
    assertThat(admin.sendAsViewer("POST", SILENCES).statusCode()).isEqualTo(403);
    assertThat(admin.sendAsViewer("DELETE", SILENCES + "/x").statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"state=gone", "limit=0", "limit=many", "sort=up"})
  void aQueryThatNobodyKnowsIsMalformed(String query) throws Exception {
    assertThat(admin.get("/api/v1/alerts?" + query).statusCode()).isEqualTo(400);
  }

  private JsonNode list() throws Exception {
    return JSON.readTree(admin.get("/api/v1/alerts?state=all").body());
  }

  private HttpResponse<String> silence(String body) throws Exception {
    return admin.send("POST", SILENCES, BodyPublishers.ofString(body));
  }

  private static URI nobodyThere() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + free.getLocalPort() + "/services/x");
    }
  }
}
