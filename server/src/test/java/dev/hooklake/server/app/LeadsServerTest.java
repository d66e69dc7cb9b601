package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.server.enrichment.LeadLines;
import dev.hooklake.server.fake.EverythingBelow;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.c2s.C2s;
import dev.hooklake.sources.c2s.C2sSettings;
import dev.hooklake.sources.c2s.LeadEvent;
import dev.hooklake.testkit.http.Fault;
import dev.hooklake.testkit.http.Reply;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Leads through a whole server: the public port, the journal, the database, the CRM.
final class LeadsServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/api/v1/webhooks/c2s";

  @TempDir private Path folder;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @AfterEach
  void closeAll() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  @Test
  void byACpfThatOnlyARegisterGaveTheLeadIsErasedEverywhere() throws Exception {
    LeadServices services = opened(LeadServices.open());
    LeadServer server =
        opened(new LeadServer(folder.resolve("data"), LeadServer.enrichment(services), Map.of()));
    Map<String, String> json = Map.of("Content-Type", "application/json");
    String path = PATH + "?token=example-token";
    server.post(path, json, services.lead("theirs", "lead1@example.com", "5511900000001"));
    server.post(path, json, services.lead("another", "lead2@example.com", "5511900000002"));
    server.awaitEnded(2);
    // What the server adds itself has landed too, so no file comes or goes while all are searched.
    server.awaitMetrics(metrics ->
        metrics.sum("hooklake_events_added_total", "") == 2
            && metrics.sum("hooklake_lake_lag_records", "") == 0);
    String id =
        JSON.readTree(
                server
                    .admin(
                        "POST", "/api/v1/erasures", "{\"cpfs\":[\"529.982.247-25\"],\"now\":true}")
                    .body())
            .path("id")
            .asText();
    server.await("/api/v1/erasures/" + id, page -> page.path("state").asText().equals("done"));

    assertThat(server.awaitEnded(1).path(0).path("leadId").asText()).isEqualTo("another");
    var files = new EverythingBelow(server.data());
    assertThat(files.holding(List.of("lead1@example.com", "900000001"))).isEmpty();
    assertThat(files.holding(List.of("lead2@example.com"))).isNotEmpty();
  }

  @Test
  void lostWebhooksAreFoundWithEnrichmentOffToo() throws Exception {
    LeadServices services = opened(LeadServices.open());
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    services
        .crm()
        .lead(JSON.readTree("{\"id\":\"lost\",\"attributes\":{\"updated_at\":\"" + now + "\"}}"));
    String settings =
        "c2s: {url: \"%s\", token: %s, calls-per-minute: 60000, poll: 1s}\n"
            .formatted(services.crm().url(), LeadServices.CRM_TOKEN);
    LeadServer server = opened(new LeadServer(folder.resolve("data"), settings, Map.of()));

    JsonNode found = server.awaitEnded(1).path(0);
    assertThat(found.path("leadId").asText()).isEqualTo("lost");
    assertThat(found.path("outcome").asText()).isEqualTo("enrichment_off");
  }

  /// One server, and two that share the database and take turns.
  enum Setting {
    SQLITE(TestDatabase.SQLITE, 1),
    POSTGRES(TestDatabase.POSTGRES, 1),
    TWO_ON_POSTGRES(TestDatabase.POSTGRES, 2);

    private final TestDatabase engine;
    private final int servers;

    Setting(TestDatabase engine, int servers) {
      this.engine = engine;
      this.servers = servers;
    }
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void everySampleIsAnsweredStoredAndBroughtToItsEnd(Setting setting) throws Exception {
    LeadServices services = opened(LeadServices.open());
    Map<String, String> database = TrackingServer.databaseUrl(setting.engine);
    List<LeadServer> servers = new ArrayList<>();
    for (int i = 0; i < setting.servers; i++) {
      Path data = folder.resolve("server" + i);
      servers.add(opened(new LeadServer(data, LeadServer.enrichment(services), database)));
    }
    List<JsonNode> samples = LeadLines.of("webhook_in");
    for (int i = 0; i < samples.size(); i++) {
      send(servers.get(i % servers.size()), samples.get(i));
    }
    Set<String> expected = expectedEvents(samples);
    JsonNode ended = servers.getFirst().awaitEnded(expected.size());

    assertThat(events(ended)).isEqualTo(expected);
    assertThat(ended.valueStream().map(event -> event.path("status").asText()))
        .containsOnly("completed");
    assertThat(outcomes(ended)).containsKeys("enriched", "unchanged", "closed", "other_action");
    requireNotes(services, ended);
  }

  private static void send(LeadServer server, JsonNode sample) throws Exception {
    Map<String, String> headers = new HashMap<>();
    sample
        .path("headers")
        .properties()
        .forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
    String body =
        sample.has("raw_body") ? sample.path("raw_body").asText() : sample.path("body").toString();
    HttpResponse<String> answer = server.post(sample.path("path").asText(), headers, body);
    JsonNode expected = sample.at("/seed_expects/http");
    if (expected.isNumber()) {
      assertThat(answer.statusCode())
          .as("%s: %s", sample.path("name"), answer.body())
          .isEqualTo(expected.asInt());
    } else {
      assertThat(answer.statusCode()).as("%s", sample.path("name")).isIn(200, 400);
    }
  }

  /// Lead and time of every event that is usable and comes with a token.
  private static Set<String> expectedEvents(List<JsonNode> samples) {
    C2s source = new C2s(C2sSettings.of("c2s", List.of()));
    Set<String> events = new TreeSet<>();
    for (JsonNode sample : samples) {
      if (sample.at("/seed_expects/http").asInt() == 401) {
        continue;
      }
      Payload body = Payload.of(sample.path("body").toString());
      var delivery = new Delivery(PATH, "", Headers.NONE, body, Instant.EPOCH);
      for (SourceEvent event : source.split(delivery)) {
        LeadEvent.read(event.body()).ifPresent(_ -> events.add(event.eventKey()));
      }
    }
    return events;
  }

  private static Set<String> events(JsonNode ended) {
    return ended
        .valueStream()
        .map(event -> event.path("leadId").asText() + ":" + event.path("updatedAt").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, Long> outcomes(JsonNode ended) {
    return ended
        .valueStream()
        .collect(
            Collectors.groupingBy(event -> event.path("outcome").asText(), Collectors.counting()));
  }

  private static void requireNotes(LeadServices services, JsonNode ended) {
    Map<String, Long> told =
        ended
            .valueStream()
            .filter(event -> Set.of("enriched", "partial").contains(event.path("outcome").asText()))
            .collect(
                Collectors.groupingBy(
                    event -> event.path("leadId").asText(), Collectors.counting()));
    assertThat(told).isNotEmpty();
    told.forEach((lead, events) ->
        assertThat((long) services.crm().notes(lead).size())
            .as("notes of lead %s", lead)
            .isEqualTo(Math.min(events, 3)));
  }

  /// What the original's test script looks at, in its order.
  @Test
  void theEightChecksOfTheOriginal() throws Exception {
    LeadServer server = opened(new LeadServer(folder.resolve("data"), "", Map.of()));
    assertThat(answer(server, "auth_missing")).isEqualTo("401");
    assertThat(answer(server, "auth_wrong")).isEqualTo("401");
    assertThat(answer(server, "single_create_bare")).isEqualTo("200 1 1 0");
    assertThat(answer(server, "batch_array_3")).isEqualTo("200 3 3 0");
    assertThat(answer(server, "duplicate_redelivery")).isEqualTo("200 1 0 1");
    assertThat(answer(server, "same_lead_new_timestamp")).isEqualTo("200 1 1 0");
    assertThat(answer(server, "missing_updated_at")).isEqualTo("400 1 0 0");
    assertThat(answer(server, "bad_timestamp_text")).isEqualTo("400 1 0 0");

    JsonNode events = server.awaitEnded(5);
    assertThat(outcomes(events)).containsOnlyKeys("enrichment_off");
  }

  private static String answer(LeadServer server, String sample) throws Exception {
    JsonNode line = LeadLines.named("webhook_in", sample);
    Map<String, String> headers = new HashMap<>();
    line.path("headers").properties().forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
    HttpResponse<String> answer = server.post(PATH, headers, line.path("body").toString());
    JsonNode body = JSON.readTree(answer.body());
    return answer.statusCode() == 401
        ? "401"
        : "%d %d %d %d"
            .formatted(
                answer.statusCode(),
                body.path("received").asInt(),
                body.path("processed").asInt(),
                body.path("duplicates").asInt());
  }

  @Test
  void anOperatorListsShowsAndProcessesAgain() throws Exception {
    LeadServices services = opened(LeadServices.open());
    LeadServer server =
        opened(new LeadServer(folder.resolve("data"), LeadServer.enrichment(services), Map.of()));
    for (int i = 0; i < 2; i++) {
      services.finder().next(new Fault.Answered(Reply.text(422, "")));
    }
    String lead = services.lead("lead-1", "lead1@example.com", "5511900000001");
    server.post(PATH + "?token=example-token", Map.of("Content-Type", "application/json"), lead);
    JsonNode failed = server.awaitEnded(1).get(0);
    assertThat(failed.path("status").asText()).isEqualTo("failed");
    assertThat(server.admin("/api/v1/leads?status=completed").path("events")).isEmpty();

    JsonNode shown = server.admin("/api/v1/leads/" + failed.path("id").asText());
    assertThat(shown.path("errorMessage").asText())
        .contains("find_by_phone: diretrix answered 422");
    assertThat(shown.path("steps").size()).isGreaterThan(2);
    assertThat(shown.has("payload")).isFalse();
    String again = "/api/v1/leads/reprocess?status=failed";
    assertThat(server.admin("POST", again + "&dryRun=true", "").body()).contains("reprocessable");
    assertThat(server.admin("POST", "/api/v1/leads/reprocess", "").statusCode()).isEqualTo(400);
    assertThat(server.admin("POST", again, "").statusCode()).isEqualTo(200);

    assertThat(server.awaitEnded(1).get(0).path("outcome").asText()).isEqualTo("enriched");
    assertThat(services.crm().notes("lead-1")).hasSize(1);
    server.awaitMetrics(
        metrics -> metrics.page().contains("hooklake_leads_ended_total{status=\"completed\"} 1"));
    // How enrichments ended are events too, put into the journal soon afterwards.
    server.awaitMetrics(metrics ->
        metrics.sum("hooklake_events_added_total", "") > 0 && metrics.unaccounted() == 0);
    assertThat(server.admin("/api/v1/status").at("/balance/unaccounted").asLong()).isZero();
  }

  @Test
  void theWebhookIsRegisteredAndTakenAway() throws Exception {
    LeadServices services = opened(LeadServices.open());
    LeadServer server =
        opened(new LeadServer(folder.resolve("data"), LeadServer.enrichment(services), Map.of()));
    String url = "https://hooks.example.com/api/v1/webhooks/c2s?token=t";
    String subscriptions = "/api/v1/c2s/subscriptions";

    assertThat(server.admin("POST", subscriptions, "{\"url\":\"" + url + "\"}").statusCode())
        .isEqualTo(200);
    assertThat(services.crm().subscriptions()).hasSize(3).containsValue(url);
    assertThat(server.admin("POST", subscriptions, "{\"url\":\"http://x\"}").statusCode())
        .isEqualTo(400);
    assertThat(server.admin("DELETE", subscriptions, "").statusCode()).isEqualTo(200);
    assertThat(services.crm().subscriptions()).isEmpty();
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }
}
