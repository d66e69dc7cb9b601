package dev.hooklake.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.access.Audit;
import dev.hooklake.server.admin.TestSender.Outcome;
import dev.hooklake.server.fake.OpenApi;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Test events and payloads, over real HTTP.
final class SourceRoutesTest {
  private static final String TESTS = "/api/v1/sources/{source}/test-events";
  private static final String PAYLOADS = "/api/v1/event-payloads/{source}/{key}";
  private static final InstantSource CLOCK = () -> Instant.parse("2026-10-28T09:00:00Z");

  @TempDir private Path directory;
  private OperationsDatabase database;
  private Audit audit;
  private AdminUnderTest admin;

  @BeforeEach
  void start() throws Exception {
    database = OperationsDatabase.open(TestDatabase.SQLITE.empty(directory));
    audit = new Audit(database, CLOCK);
    var routes =
        new SourceRoutes(
            Set.of("shop", "unsigned", "silent", "busy"),
            SourceRoutesTest::sent,
            (_, key) -> found(key),
            audit);
    admin = new AdminUnderTest(directory, routes.all());
  }

  @AfterEach
  void stop() throws Exception {
    admin.close();
    database.close();
  }

  @Test
  void everyDocumentedAnswerIsGiven() throws Exception {
    var given = new TreeMap<String, Integer>();
    String tests = "POST " + TESTS + " ";
    given.put(tests + 200, test("shop"));
    given.put(tests + 401, admin.sendWithoutToken("POST", testPath("shop")).statusCode());
    given.put(tests + 403, admin.sendAsViewer("POST", testPath("shop")).statusCode());
    given.put(tests + 404, test("nobody"));
    given.put(tests + 409, test("unsigned"));
    given.put(tests + 503, test("silent"));
    assertThat(test("busy")).isEqualTo(503);
    String payloads = "GET " + PAYLOADS + " ";
    given.put(payloads + 200, admin.get(payloadPath("a/b")).statusCode());
    given.put(payloads + 401, admin.sendWithoutToken("GET", payloadPath("a/b")).statusCode());
    given.put(payloads + 403, admin.sendAsViewer("GET", payloadPath("a/b")).statusCode());
    given.put(payloads + 404, admin.get(payloadPath("never")).statusCode());
    given.put(payloads + 503, admin.get(payloadPath("unreadable")).statusCode());

    assertThat(given).allSatisfy((answer, status) -> assertThat(answer).endsWith(" " + status));
    assertThat(given.keySet()).isEqualTo(new OpenApi("admin").answersOf(List.of(TESTS, PAYLOADS)));
  }

  @Test
  void aPayloadIsShownAsItCameAndThatIsAuditedWithoutIt() throws Exception {
    assertThat(admin.get(payloadPath("a/b")).body())
        .contains("\"body\" : \"to ana@example.com\"", "\"encoding\" : \"text\"", "\"a/b\"");
    assertThat(admin.get(payloadPath("bytes")).body())
        .contains("\"body\" : \"/wA=\"", "\"encoding\" : \"base64\"");

    assertThat(audit.list(Audit.NEWEST, "event.revealed", 9))
        .hasSize(2)
        .allSatisfy(entry -> assertThat(entry.toString()).doesNotContain("ana@"));
  }

  @Test
  void aTestEventIsAuditedAndNamesItsKey() throws Exception {
    assertThat(admin.send("POST", testPath("shop"), BodyPublishers.noBody()).body())
        .contains("\"key\" : \"test-1\"");

    assertThat(audit.list(Audit.NEWEST, "test-event.sent", 9)).hasSize(1);
  }

  private int test(String source) throws Exception {
    return admin.send("POST", testPath(source), BodyPublishers.noBody()).statusCode();
  }

  private static String testPath(String source) {
    return TESTS.replace("{source}", source);
  }

  private static String payloadPath(String key) {
    return PAYLOADS.replace("{source}", "shop").replace("{key}", key);
  }

  private static TestSender.Result sent(String source) throws IOException {
    return switch (source) {
      case "shop" -> new TestSender.Result(Outcome.ACCEPTED, "test-1", "Accepted.");
      case "unsigned" -> new TestSender.Result(Outcome.REFUSED, "", "Only its sender can sign.");
      case "busy" -> new TestSender.Result(Outcome.NOT_NOW, "", "Answered 503. Try again.");
      default -> throw new IOException("injected: nobody listens");
    };
  }

  private static Optional<FoundEvent> found(String key) throws IOException {
    return switch (key) {
      case "a/b" -> Optional.of(event(key, Payload.of("to ana@example.com")));
      case "bytes" -> Optional.of(event(key, Payload.copyOf(new byte[] {-1, 0})));
      case "unreadable" -> throw new IOException("injected: no route to the lake");
      default -> Optional.empty();
    };
  }

  private static FoundEvent event(String key, Payload body) {
    var event =
        new SourceEvent("shop", key, CLOCK.instant(), "/webhooks/shop", Headers.NONE, "", body);
    return new FoundEvent(event, 7, false);
  }
}
