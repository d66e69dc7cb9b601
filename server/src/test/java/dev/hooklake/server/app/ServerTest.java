package dev.hooklake.server.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.journal.EmbeddedJournal;
import dev.hooklake.journal.disk.FileDisk;
import dev.hooklake.server.app.settings.Sections;
import dev.hooklake.server.app.settings.Settings;
import dev.hooklake.server.app.settings.SettingsReader;
import dev.hooklake.server.app.settings.SettingsRefused;
import dev.hooklake.server.fake.RawHttp;
import dev.hooklake.server.fake.RawHttp.Reply;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.customerio.CustomerIoSigner;
import dev.hooklake.sources.signature.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole server over real sockets, with the real journal and the real lake in a directory.
final class ServerTest {
  private static final String KEY = "signing-secret";
  private static final String VECTOR_BODY =
      "{\"event_id\":\"abc\",\"object_type\":\"email\",\"metric\":\"delivered\"}";
  private static final String VECTOR_TIMESTAMP = "1614265384";
  private static final String VECTOR_SIGNATURE =
      "6f55cf23f9b73a2ff07733fe04421f64ce9ec5e409696edda6b2a80311944230";

  private static final String COMMITS_SOON = "lake: {commit-wait: 50ms, commit-quiet-wait: 100ms}";

  @TempDir private Path data;
  private final HttpClient http = HttpClient.newHttpClient();
  private Running server;
  private RawHttp client;

  @BeforeEach
  void start() throws Exception {
    server = start(COMMITS_SOON);
    client = new RawHttp(server.port());
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
    http.close();
  }

  @Test
  void theProvidersOwnVectorIsAcceptedAndLands() throws Exception {
    assertThat(vector(VECTOR_BODY, VECTOR_TIMESTAMP, VECTOR_SIGNATURE).status()).isEqualTo(200);
    awaitLanded(1);

    assertThat(admin("/api/v1/events/customerio/abc").body()).contains("\"quarantined\"");
    assertThat(admin("/api/v1/status").body())
        .contains("\"accepted\" : 1", "\"landed\" : 1", "\"inJournal\" : 0");
  }

  @Test
  void aStartDeletesWhatAKilledRunLeftInTheScratchDirectory() throws Exception {
    server.close();
    Path left = Files.createDirectories(data.resolve("scratch/query-1"));
    Files.writeString(left.resolve("duckdb_temp_storage_S96K-0.tmp"), "a person's row");

    server = start("lake: {maintenance: {enabled: false}}");

    assertThat(data.resolve("scratch")).isEmptyDirectory();
  }

  @Test
  void aQuestionThatNeedsMoreThanItsMemoryIsAnswered() throws Exception {
    // Each of a million keys has 512 characters: 512 MB, of which 384 MiB are allowed.
    String sql =
        "SELECT count(*) FROM (SELECT repeat(k, 16) AS key, max(i) FROM"
            + " (SELECT i, md5(CAST(i AS VARCHAR)) AS k FROM range(1000000) t(i)) GROUP BY key)";
    HttpResponse<String> answer =
        http.send(
            asked("/api/v1/sql")
                .POST(HttpRequest.BodyPublishers.ofString("{\"sql\": \"" + sql + "\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(answer.body()).contains("1000000");
  }

  @Test
  void whatTheDoorCountedIsInTheTablesOrWaitsInTheJournal() throws Exception {
    server.close();
    server = start("lake: {commit-rows: 20, commit-wait: 1h, commit-quiet-wait: 1h}");
    try (RawHttp door = new RawHttp(server.port())) {
      for (int i = 0; i < 4; i++) {
        assertThat(door.send(signed("no JSON, number " + i)).reply().status()).isEqualTo(200);
      }
      for (int i = 0; i < 40; i++) {
        // Each fourth for the second time.
        String event = signed("{\"event_id\":\"n%d\"}".formatted(i % 4 == 3 ? i - 1 : i));
        assertThat(door.send(event).reply().status()).isEqualTo(200);
      }
      for (int i = 0; i < 5; i++) {
        String forged = signed("{\"event_id\":\"forged\"}").replace("forged", "genuin");
        assertThat(door.send(forged).reply().status()).isEqualTo(401);
      }
    }
    // Two rows of each event, so a batch is full with ten.
    awaitLanded(30);

    Metrics metrics = metrics();
    String source = "source=\"customerio\"";
    assertThat(metrics.sum("hooklake_events_received_total", source)).isEqualTo(49);
    assertThat(metrics.sum("hooklake_events_accepted_total", source)).isEqualTo(34);
    assertThat(metrics.sum("hooklake_events_duplicate_total", source)).isEqualTo(10);
    assertThat(metrics.sum("hooklake_events_rejected_total", source)).isEqualTo(5);
    assertThat(metrics.sum("hooklake_events_quarantined_total", "reason=\"not_json\""))
        .isEqualTo(4);
    assertThat(metrics.sum("hooklake_lake_rows_total", "webhook_landing")).isEqualTo(30);
    assertThat(metrics.sum("hooklake_lake_rows_total", "")).isEqualTo(60);
    assertThat(metrics.sum("hooklake_lake_lag_records", "")).isEqualTo(4);
    assertThat(metrics.unaccounted()).isZero();
  }

  @Test
  void everyOneBitChangeOfTheVectorIsRefusedAndCostsNoWrite() throws Exception {
    long before = bytesBelow(data.resolve("journal"));
    long syncsBefore = metric("hooklake_journal_sync_duration_seconds_count");
    byte[] body = VECTOR_BODY.getBytes(ISO_8859_1);
    for (int bit = 0; bit < body.length * 8; bit++) {
      String changed = new String(flipped(body, bit), ISO_8859_1);
      assertThat(vector(changed, VECTOR_TIMESTAMP, VECTOR_SIGNATURE).status())
          .as("bit %d of the body", bit)
          .isEqualTo(401);
    }
    byte[] signature = HexFormat.of().parseHex(VECTOR_SIGNATURE);
    for (int bit = 0; bit < signature.length * 8; bit++) {
      String changed = HexFormat.of().formatHex(flipped(signature, bit));
      assertThat(vector(VECTOR_BODY, VECTOR_TIMESTAMP, changed).status())
          .as("bit %d of the signature", bit)
          .isEqualTo(401);
    }
    assertThat(vector(VECTOR_BODY, "1614265385", VECTOR_SIGNATURE).status()).isEqualTo(401);

    assertThat(bytesBelow(data.resolve("journal"))).isEqualTo(before);
    assertThat(metric("hooklake_journal_sync_duration_seconds_count")).isEqualTo(syncsBefore);
    assertThat(metric("hooklake_events_accepted_total{source=\"customerio\"}")).isZero();
  }

  @Test
  void theMetricsTellHowLongSyncsTake() throws Exception {
    long before = metric("hooklake_journal_sync_duration_seconds_count");
    client.send(signed("{\"event_id\":\"one\"}")).reply();

    assertThat(metric("hooklake_journal_sync_duration_seconds_count")).isGreaterThan(before);
    assertThat(admin("/metrics").body())
        .contains("hooklake_journal_sync_duration_seconds_bucket{le=\"0.005\"}");
  }

  private Reply sendTogether(CountDownLatch together) throws Exception {
    try (RawHttp own = new RawHttp(server.port())) {
      together.countDown();
      together.await();
      return own.send(signed("{\"event_id\":\"one\"}")).reply();
    }
  }

  @Test
  void fiftyCopiesAtOnceAreAllAnswered200AndStoredOnce() throws Exception {
    List<Reply> replies = new ArrayList<>();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      var together = new CountDownLatch(50);
      Callable<Reply> send = () -> sendTogether(together);
      List<Future<Reply>> sending = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        sending.add(senders.submit(send));
      }
      for (Future<Reply> reply : sending) {
        replies.add(reply.get());
      }
    }
    awaitLanded(1);

    assertThat(replies).allMatch(reply -> reply.status() == 200);
    assertThat(replies).filteredOn(reply -> reply.body().contains("\"stored\":1")).hasSize(1);
    assertThat(metric("hooklake_events_accepted_total{source=\"customerio\"}")).isEqualTo(1);
    assertThat(metric("hooklake_events_duplicate_total{source=\"customerio\"}")).isEqualTo(49);
    assertThat(admin("/api/v1/status").body()).contains("\"rows\" : 1");
  }

  @Test
  void anAuthenticBodyThatIsNoJsonIsAcceptedAndQuarantined() throws Exception {
    Reply reply = client.send(signed("not json at all")).reply();
    awaitLanded(1);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(metric("hooklake_events_quarantined_total{reason=\"not_json\"}")).isEqualTo(1);
  }

  @Test
  void theServerIsReadyWithoutItsLakeAndCatchesUpWhenItIsBack() throws Exception {
    server.close();
    Path inTheWay = data.resolve("elsewhere");
    Files.writeString(inTheWay, "a file where the lake should be");
    server =
        start(
            "lake: {root: %s, commit-wait: 50ms, commit-quiet-wait: 100ms, retry-first: 100ms, retry-max: 200ms}"
                .formatted(inTheWay));
    try (RawHttp other = new RawHttp(server.port())) {
      assertThat(other.send("GET /readyz HTTP/1.1\r\nHost: h\r\n\r\n").reply().status())
          .isEqualTo(200);
      assertThat(other.send(signed("{\"event_id\":\"waits\"}")).reply().status()).isEqualTo(200);
    }
    awaitStatus("backing_off");
    assertThat(admin("/api/v1/events/customerio/waits").body())
        .contains("\"in_journal\"", "\"lastError\"", "\"nextAttemptAt\"");

    Files.delete(inTheWay);
    Files.createDirectory(inTheWay);
    awaitLanded(1);
    assertThat(admin("/api/v1/events/customerio/waits").body()).contains("\"quarantined\"");
  }

  @Test
  void aRestartKnowsWhatItStoredAndGoesOn() throws Exception {
    client.send(signed("{\"event_id\":\"first\"}")).reply();
    server.close();
    server = start(COMMITS_SOON);
    try (RawHttp again = new RawHttp(server.port())) {
      Reply repeat = again.send(signed("{\"event_id\":\"first\"}")).reply();
      Reply next = again.send(signed("{\"event_id\":\"second\"}")).reply();

      assertThat(repeat.body()).contains("\"duplicates\":1");
      assertThat(next.body()).contains("\"stored\":1");
    }
    awaitLanded(2);
    assertThat(admin("/api/v1/status").body()).contains("\"rows\" : 2");
  }

  @Test
  void closingCommitsWhatWasAccepted() throws Exception {
    server.close();
    server = start("lake: {commit-wait: 1h, commit-quiet-wait: 1h}");
    try (RawHttp other = new RawHttp(server.port())) {
      other.send(signed("{\"event_id\":\"late\"}")).reply();
    }
    server.close();
    server = start(COMMITS_SOON);

    assertThat(admin("/api/v1/events/customerio/late").body()).contains("\"quarantined\"");
  }

  @Test
  void whoDoesNotHoldTheJournalLeavesTheTablesAlone() throws Exception {
    Path other = data.resolve("other");
    Settings settings = settings(COMMITS_SOON, other);
    try (var _ =
        EmbeddedJournal.open(
            settings.of(Sections.JOURNAL), new FileDisk(), InstantSource.system())) {
      assertThatThrownBy(() -> Server.start(settings, InstantSource.system()))
          .hasMessageContaining("is in use");
      assertThat(other).isDirectoryNotContaining("glob:**operations*");
    }
  }

  @Test
  void anEventNobodySentIsUnknown() throws Exception {
    HttpResponse<String> answer = admin("/api/v1/events/customerio/never");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("\"unknown\"");
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    assertThatThrownBy(() ->
            Server.start(
                settings("server:\n  port: " + server.port() + "\n", data.resolve("two")),
                InstantSource.system()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(String.valueOf(server.port()));
  }

  private Reply vector(String body, String timestamp, String signature) throws IOException {
    return client
        .send(
            "POST /webhook/customerio HTTP/1.1\r\nHost: h\r\nX-CIO-Timestamp: %s\r\nX-CIO-Signature: %s\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(timestamp, signature, body.length(), body))
        .reply();
  }

  private static String signed(String body) {
    Headers headers = new CustomerIoSigner(Secret.of(KEY)).sign(Payload.of(body), Instant.now());
    var head = new StringBuilder("POST /webhook/customerio HTTP/1.1\r\nHost: h\r\n");
    headers
        .values()
        .forEach((name, values) ->
            head.append(name).append(": ").append(values.getFirst()).append("\r\n"));
    return head.append("Content-Length: ")
        .append(body.length())
        .append("\r\n\r\n")
        .append(body)
        .toString();
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] changed = bytes.clone();
    changed[bit / 8] ^= (byte) (1 << bit % 8);
    return changed;
  }

  private HttpResponse<String> admin(String path) throws Exception {
    return http.send(asked(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder asked(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.adminPort() + path))
        .header("Authorization", "Bearer " + server.entrance().tokens().operator().reveal());
  }

  private void awaitLanded(long records) throws Exception {
    awaitStatus("\"landed\" : " + records + ",");
  }

  private void awaitStatus(String text) throws Exception {
    while (!admin("/api/v1/status").body().contains(text)) {
      Thread.onSpinWait();
    }
  }

  private long metric(String name) throws Exception {
    return metrics().one(name);
  }

  private Metrics metrics() throws Exception {
    return new Metrics(admin("/metrics").body());
  }

  private static long bytesBelow(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private Running start(String yaml) throws Exception {
    return Server.start(settings(yaml, data), InstantSource.system());
  }

  private static Settings settings(String yaml, Path data) throws SettingsRefused {
    return SettingsReader.of(
        "test",
        yaml.startsWith("server:") ? yaml : "server: {shutdown-grace: 500ms}\n" + yaml,
        Map.of(
            "CUSTOMERIO_WEBHOOK_SECRET", KEY,
            "HOOKLAKE_HOST", "127.0.0.1",
            "HOOKLAKE_PORT", "0",
            "HOOKLAKE_ADMIN_PORT", "0",
            "HOOKLAKE_DATA", data.toString()));
  }
}
