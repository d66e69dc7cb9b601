package dev.hooklake.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.access.Audit;
import dev.hooklake.server.fake.MemoryJournal;
import dev.hooklake.server.fake.OpenApi;
import dev.hooklake.server.operations.ConsumerThread;
import dev.hooklake.server.operations.DatabaseConsumer;
import dev.hooklake.server.operations.JournalEffect;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.server.sinks.JdbcTarget;
import dev.hooklake.server.sinks.JdbcTarget.Upsert;
import dev.hooklake.server.sinks.SinkMeters;
import dev.hooklake.server.sinks.SinkRejects;
import dev.hooklake.server.sinks.SinkSettings;
import dev.hooklake.server.sinks.Sinks;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How sinks stand, over real HTTP.
final class SinkRoutesTest {
  private static final String SINKS = "/api/v1/sinks";
  private static final String REJECTS = SINKS + "/rejects";
  private static final String RESEND = SINKS + "/warehouse/resend";
  private static final InstantSource CLOCK = () -> Instant.parse("2026-10-28T09:00:00Z");
  private static final String EVENT =
      """
      {"event_id": "e-1", "source": "customerio", "occurred_at": "2026-01-05T08:00:00Z",
       "email_address": "dana@customer.example"}
      """;

  @TempDir private Path directory;

  @Test
  void everyDocumentedAnswerIsGiven() throws Exception {
    OperationsDatabase database = OperationsDatabase.open(TestDatabase.SQLITE.empty(directory));
    var given = new TreeMap<String, Integer>();
    String resend = "POST " + SINKS + "/{sink}/resend ";
    try (var consumer = consumer(database);
        var admin = new AdminUnderTest(directory, routes(database, consumer))) {
      for (String path : List.of(SINKS, REJECTS)) {
        given.put("GET " + path + " 200", admin.get(path).statusCode());
        given.put("GET " + path + " 401", admin.sendWithoutToken("GET", path).statusCode());
      }
      given.put("GET " + REJECTS + " 400", admin.get(REJECTS + "?limit=0").statusCode());
      given.put(resend + 200, post(admin, RESEND).statusCode());
      given.put(resend + 400, post(admin, RESEND + "?planet=mars").statusCode());
      given.put(resend + 401, admin.sendWithoutToken("POST", RESEND).statusCode());
      given.put(resend + 403, admin.sendAsViewer("POST", RESEND).statusCode());
      given.put(resend + 404, post(admin, SINKS + "/nobody/resend").statusCode());
      database.close();
      for (String path : List.of(SINKS, REJECTS)) {
        given.put("GET " + path + " 503", admin.get(path).statusCode());
      }
      given.put(resend + 503, post(admin, RESEND).statusCode());
    }

    assertThat(given).allSatisfy((answer, status) -> assertThat(answer).endsWith(" " + status));
    assertThat(given.keySet())
        .isEqualTo(
            new OpenApi("admin").answersOf(List.of(SINKS, REJECTS, SINKS + "/{sink}/resend")));
  }

  @Test
  void whatWasRefusedIsShownWithoutWhatIsInItAndSentAgainWhenAsked() throws Exception {
    try (var database = OperationsDatabase.open(TestDatabase.SQLITE.empty(directory));
        var consumer = consumer(database);
        var admin = new AdminUnderTest(directory, routes(database, consumer))) {
      database.change(handle ->
          handle.execute(
              "INSERT INTO sink_rejects (sink, event_id, source, event_key, event_type, event,"
                  + " reason, rejected_at) VALUES ('warehouse', 'd1', 'customerio', 'e-1',"
                  + " 'email.opened', ?, 'SQL state 23514', 0)",
              EVENT));
      assertThat(admin.get(REJECTS + "?sink=warehouse").body())
          .contains("\"e-1\"", "\"email.opened\"", "SQL state 23514", "\"resending\" : false")
          .doesNotContain("dana");

      assertThat(post(admin, RESEND + "?id=d1").body()).contains("\"resending\" : 1");

      assertThat(new Audit(database, CLOCK).list(Audit.NEWEST, "sink-rejects.resent", 9))
          .hasSize(1);
      assertThat(admin.get(REJECTS).body()).contains("\"resending\" : true");
    }
  }

  private static HttpResponse<String> post(AdminUnderTest admin, String path) throws Exception {
    return admin.send("POST", path, BodyPublishers.noBody());
  }

  private static List<AdminRoute> routes(OperationsDatabase database, ConsumerThread consumer) {
    var target = new JdbcTarget("jdbc:sqlite:none", null, null, "t", null, Upsert.ON_CONFLICT);
    var running =
        new Sinks.Running(
            new SinkSettings("warehouse", target),
            consumer,
            new SinkMeters("warehouse", new SimpleMeterRegistry()));
    return new SinkRoutes(
            new Sinks(List.of(running), new SinkRejects(database)), new Audit(database, CLOCK))
        .all();
  }

  /// One that has nothing to do.
  private static ConsumerThread consumer(OperationsDatabase database) {
    JournalEffect nothing = (_, _) -> _ -> {};
    return ConsumerThread.start(
        new DatabaseConsumer.Parts("sink", new MemoryJournal(CLOCK), database, nothing, CLOCK),
        new SimpleMeterRegistry(),
        RandomGenerator.getDefault());
  }
}
