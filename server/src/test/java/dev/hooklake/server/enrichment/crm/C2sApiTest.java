package dev.hooklake.server.enrichment.crm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.server.enrichment.LeadLines;
import dev.hooklake.server.enrichment.call.CallLimits;
import dev.hooklake.server.enrichment.call.CallMeters;
import dev.hooklake.server.enrichment.call.Ending;
import dev.hooklake.server.enrichment.call.Failure;
import dev.hooklake.server.enrichment.call.RemoteService;
import dev.hooklake.server.enrichment.call.SharedPace;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.sources.c2s.LeadEvent;
import dev.hooklake.testkit.http.Ask;
import dev.hooklake.testkit.http.FakeServer;
import dev.hooklake.testkit.http.Reply;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every exchange with the CRM as the sample lines have it.
class C2sApiTest {
  private static final String LEAD = "96c78960059928d06158d2bec5951a4a";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AtomicReference<Ask> asked = new AtomicReference<>();
  private final AtomicReference<Reply> reply = new AtomicReference<>(Reply.text(404, ""));
  private final FakeServer fake =
      new FakeServer(
          Integer.MAX_VALUE,
          Reply.text(429, ""),
          ask -> {
            asked.set(ask);
            return reply.get();
          });
  private final HttpClient http = HttpClient.newHttpClient();
  private final OperationsDatabase database;
  private final C2sApi api;

  C2sApiTest(@TempDir Path directory) {
    database = OperationsDatabase.open(TestDatabase.SQLITE.empty(directory));
    CallLimits limits = CallLimits.perMinute(1_000_000);
    InstantSource clock = InstantSource.system();
    var service =
        new RemoteService(
            "c2s",
            limits,
            new SharedPace("c2s", limits, database, clock),
            new RemoteService.Parts(
                http, new Ending(), clock, new CallMeters(new SimpleMeterRegistry())));
    api = new C2sApi(service, fake.url().resolve("/integration"), "example-api-token");
  }

  @AfterEach
  void close() {
    http.close();
    fake.close();
    database.close();
  }

  @Test
  void subscribing() throws Exception {
    JsonNode line = answer("subscribe");
    URI url = URI.create(line.path("request").path("body").path("hook_url").asText());

    assertThat(api.subscribe("on_create_lead", url)).isEqualTo(new CrmAnswer.Done<>(true));
    assertAsked(line);
  }

  @Test
  void subscribingToAnUnknownTriggerIsRejected() throws Exception {
    answer("subscribe_unknown_action");
    Failure failure = failure(api.subscribe("on_archive_lead", URI.create("https://a.example/")));
    assertThat(failure.permanent()).isTrue();
    assertThat(failure.reason()).isEqualTo("the CRM answered 422");
  }

  @Test
  void unsubscribing() throws Exception {
    JsonNode line = answer("unsubscribe");
    assertThat(api.unsubscribe("on_create_lead")).isEqualTo(new CrmAnswer.Done<>(true));
    assertAsked(line);
  }

  @Test
  void readingALead() throws Exception {
    JsonNode line = answer("read_lead");
    var done = (CrmAnswer.Done<LeadEvent>) api.lead(LEAD);
    assertThat(done.value().leadId()).isEqualTo(LEAD);
    assertThat(done.value().contact().orElseThrow().email()).isEqualTo("lead1@example.com");
    assertThat(asked.get().path()).isEqualTo("/integration/leads/" + LEAD);
    assertThat(asked.get().authorization())
        .isEqualTo(line.path("request").path("headers").path("Authorization").asText());
  }

  @Test
  void aBadTokenIsNamed() throws Exception {
    answer("read_lead_bad_token");
    Failure failure = failure(api.lead(LEAD));
    assertThat(failure.kind()).isEqualTo(Failure.Kind.REFUSED);
    assertThat(failure.reason()).contains("does not accept our credentials");
  }

  @Test
  void theLimitIsNoFaultOfOurs() throws Exception {
    reply.set(
        Reply.text(429, "")
            .with(
                "Retry-After",
                LeadLines.named("c2s_api", "rate_limited")
                    .path("response")
                    .path("headers")
                    .path("Retry-After")
                    .asText()));
    Failure failure = failure(api.lead(LEAD));
    assertThat(failure.kind()).isEqualTo(Failure.Kind.THROTTLED);
    assertThat(failure.retryAfter()).isEqualTo(java.time.Duration.ofSeconds(60));
  }

  @Test
  void addingANote() throws Exception {
    JsonNode line = answer("create_message");
    JsonNode body = line.path("request").path("body");
    assertThat(api.addNote(LEAD, body.path("external_id").asText(), body.path("body").asText()))
        .isEqualTo(new CrmAnswer.Done<>(true));
    assertAsked(line);
  }

  @Test
  void onlyCreatedMeansThatANoteIsThere() throws Exception {
    assertThat(
            LeadLines.named("c2s_api", "create_message_origin_rust_body")
                .path("response")
                .path("http")
                .asInt())
        .isEqualTo(201);
    reply.set(Reply.text(200, "{}"));
    Failure failure = failure(api.addNote(LEAD, "m", "text"));
    assertThat(failure.mayHaveBeenDone()).isTrue();
    reply.set(Reply.text(404, "{}"));
    assertThat(api.addNote(LEAD, "m", "text")).isInstanceOf(CrmAnswer.Unknown.class);
  }

  @Test
  void changedLeadsAreAskedForInTheOnlyFormThatTheCrmTakes() throws Exception {
    reply.set(Reply.text(200, "{\"data\":[{\"id\":\"a\",\"attributes\":{}}],\"meta\":{}}"));
    CrmAnswer<List<String>> answer =
        api.leadsChangedFrom(Instant.parse("2026-01-15T13:00:00.123Z"), 2);

    assertThat(answer)
        .isEqualTo(new CrmAnswer.Done<>(List.of("{\"data\":{\"id\":\"a\",\"attributes\":{}}}")));
    assertThat(asked.get().query())
        .containsEntry("updated_gte", "2026-01-15T13:00:00Z")
        .containsEntry("page", "2")
        .containsEntry("perpage", "50")
        .containsEntry("sort", "updated_at");
  }

  private JsonNode answer(String sample) {
    JsonNode line = LeadLines.named("c2s_api", sample);
    JsonNode response = line.path("response");
    reply.set(Reply.json(response.path("http").asInt(), response.path("body")));
    return line;
  }

  private void assertAsked(JsonNode line) throws IOException {
    JsonNode request = line.path("request");
    assertThat(asked.get().method()).isEqualTo(request.path("method").asText());
    assertThat("https://api.contact2sale.com" + asked.get().path())
        .isEqualTo(request.path("url").asText());
    assertThat(JSON.readTree(asked.get().body())).isEqualTo(request.path("body"));
  }

  private static Failure failure(CrmAnswer<?> answer) {
    return ((CrmAnswer.Failed<?>) answer).failure();
  }
}
