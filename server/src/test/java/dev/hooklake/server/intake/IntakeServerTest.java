package dev.hooklake.server.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.fake.MemoryJournal;
import dev.hooklake.server.fake.RawHttp;
import dev.hooklake.server.fake.RawHttp.Reply;
import dev.hooklake.server.pipeline.EventCodec;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class IntakeServerTest {
  private static final int MAX_BODY = 100_000;

  private final ManualClock clock = new ManualClock();
  private final MemoryJournal journal = new MemoryJournal(clock);
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private Optional<String> obstacle = Optional.empty();
  private IntakeServer server;
  private RawHttp client;

  @BeforeEach
  void start() throws IOException {
    server = start(settings(16, 1 << 20));
    client = new RawHttp(server.port());
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
    registry.close();
  }

  @Test
  void aSignedDeliveryIsStoredAndAnswered200() throws IOException {
    Reply reply = client.send(post("a")).reply();

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("{\"stored\": 1, \"duplicates\": 0}");
    assertThat(journal.records()).hasSize(1);
  }

  @Test
  void aRepeatIsAnswered200AndNotStoredAgain() throws IOException {
    client.send(post("a")).reply();
    Reply reply = client.send(post("a")).reply();

    assertThat(reply.body()).isEqualTo("{\"stored\": 0, \"duplicates\": 1}");
    assertThat(journal.records()).hasSize(1);
  }

  @Test
  void aWrongSignatureIsRefusedAndNothingIsStored() throws IOException {
    Reply reply = client.send(post("a").replace("good", "bad")).reply();

    assertThat(reply.status()).isEqualTo(401);
    assertThat(journal.records()).isEmpty();
  }

  @Test
  void anUnusualContentTypeIsKeptAndNeverRefused() throws IOException {
    Reply reply = client.send(post("a", "Content-Type: text/odd")).reply();

    assertThat(reply.status()).isEqualTo(200);
    assertThat(EventCodec.decode(journal.records().getFirst().payload()).contentType())
        .isEqualTo("text/odd");
  }

  @Test
  void aBodyAtTheLimitIsAcceptedAndOneByteMoreIsNot() throws IOException {
    assertThat(client.send(post("x".repeat(MAX_BODY))).reply().status()).isEqualTo(200);
    assertThat(client.send(post("y".repeat(MAX_BODY + 1))).reply().status()).isEqualTo(413);
    assertThat(journal.records()).hasSize(1);
  }

  @Test
  void aGzippedBodyIsStoredDecompressed() throws IOException {
    Reply reply = sendGzip(gzip("hello".getBytes(UTF_8)));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(EventCodec.decode(journal.records().getFirst().payload()).body().utf8())
        .isEqualTo("hello");
  }

  @Test
  void aGzipBombIsAnswered413() throws IOException {
    assertThat(sendGzip(gzip(new byte[MAX_BODY * 20])).status()).isEqualTo(413);
  }

  @Test
  void aBodyThatOnlyClaimsToBeGzipIsAnswered400() throws IOException {
    assertThat(sendGzip("plain".getBytes(UTF_8)).status()).isEqualTo(400);
  }

  @Test
  void anotherContentEncodingIsAnswered415() throws IOException {
    assertThat(client.send(post("a", "Content-Encoding: br")).reply().status()).isEqualTo(415);
    assertThat(journal.records()).isEmpty();
  }

  @Test
  void anotherMethodIsAnswered405WithTheAllowedOne() throws IOException {
    Reply reply = client.send("GET /hook HTTP/1.1\r\nHost: h\r\n\r\n").reply();

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("allow")).isEqualTo("POST");
  }

  @Test
  void anUnknownPathIsAnswered404() throws IOException {
    assertThat(client.send("GET /other HTTP/1.1\r\nHost: h\r\n\r\n").reply().status())
        .isEqualTo(404);
  }

  @Test
  void aFullJournalIsAnswered503WithRetryAfter() throws IOException {
    journal.full = true;
    Reply reply = client.send(post("a")).reply();

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.header("retry-after")).isEqualTo("5");
  }

  @Test
  void aFailedJournalIsAnswered503() throws IOException {
    journal.failed = true;

    assertThat(client.send(post("a")).reply().status()).isEqualTo(503);
  }

  @Test
  void aFaultOfOursIsAnswered503WithoutItsMessage() throws IOException {
    Reply reply = client.send(post("a").replace("good", "fault")).reply();

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.body()).doesNotContain("secret");
  }

  @Test
  void moreDeliveriesAtOnceThanAllowedAreAnswered503() throws IOException {
    journal.gate = new CountDownLatch(1);
    try (IntakeServer small = start(settings(1, 1 << 20));
        RawHttp first = new RawHttp(small.port());
        RawHttp second = new RawHttp(small.port())) {
      first.send(post("a"));
      awaitWaitingAppend();
      Reply refused = second.send(post("b")).reply();
      journal.gate.countDown();

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("retry-after")).isEqualTo("5");
      assertThat(first.reply().status()).isEqualTo(200);
    }
  }

  @Test
  void bodiesThatTogetherAskForTooMuchMemoryAreAnswered503() throws IOException {
    try (IntakeServer small = start(settings(16, 50_000));
        RawHttp greedy = new RawHttp(small.port())) {
      assertThat(greedy.send(post("x".repeat(90_000))).reply().status()).isEqualTo(503);
      assertThat(client.send(post("a")).reply().status()).isEqualTo(200);
    }
  }

  @Test
  void headersOverTheLimitAreRefused() throws IOException {
    Reply reply = client.send(post("a", "X-Long: " + "h".repeat(20_000))).reply();

    assertThat(reply.status()).isBetween(400, 499);
    assertThat(journal.records()).isEmpty();
  }

  @Test
  void twoDifferentLengthsAreRefused() throws IOException {
    Reply reply =
        client.send(head(Stream.of("Content-Length: 1", "Content-Length: 2")) + "ab").reply();

    assertThat(reply.status()).isEqualTo(400);
    assertThat(journal.records()).isEmpty();
  }

  @Test
  void aLengthBesideChunksIsRefused() throws IOException {
    Reply reply =
        client
            .send(chunkedHead().replace("\r\n\r\n", "\r\nContent-Length: 3\r\n\r\n") + "0\r\n\r\n")
            .reply();

    assertThat(reply.status()).isEqualTo(400);
  }

  @Test
  void whatIsNoHttpIsRefusedWithoutAnEcho() throws IOException {
    Reply reply = client.send("<script>secret</script>\r\n\r\n").reply();

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).doesNotContain("secret");
  }

  @Test
  @Timeout(50)
  void aConnectionThatNeverSaidAnythingDoesNotHoldUpTheEnd() throws IOException {
    server.close();
    server = start(settings(16, 1 << 20, Duration.ofMinutes(1)));
    try (RawHttp silent = new RawHttp(server.port());
        RawHttp later = new RawHttp(server.port())) {
      // Connections are taken in order: once this one is answered, the silent one is open too.
      assertThat(later.send("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n").reply().status())
          .isEqualTo(200);
      server.close();

      assertThat(silent.closedByServer()).isTrue();
    }
  }

  @Test
  void aClientThatNeverEndsItsBodyIsCutOff() throws IOException {
    client.send("POST /hook HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
    awaitReceived();
    clock.advance(Duration.ofSeconds(11));

    assertThat(client.closedByServer()).isTrue();
    awaitQuiet();
    assertThat(server.counts().getFirst().rejected()).containsEntry("body_incomplete", 1L);
  }

  @Test
  void aClientThatGoesAwayInMidBodyIsCounted() throws IOException {
    try (RawHttp leaving = new RawHttp(server.port())) {
      leaving.send("POST /hook HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
      awaitReceived();
    }
    awaitQuiet();
    assertThat(server.counts().getFirst().rejected()).containsEntry("body_incomplete", 1L);
  }

  @Test
  void theBalanceAddsUpWithTheEventAsItsUnit() throws IOException {
    client.send(post("a\nb\nc")).reply();
    client.send(post("b\nd")).reply();
    client.send(post("e").replace("good", "bad")).reply();
    journal.full = true;
    client.send(post("a\nf")).reply();

    SourceCounts counts = server.counts().getFirst();
    assertThat(counts.received()).isEqualTo(8);
    assertThat(counts.accepted()).isEqualTo(4);
    assertThat(counts.duplicates()).isEqualTo(2);
    assertThat(counts.rejected())
        .containsOnly(Map.entry("signature_wrong", 1L), Map.entry("journal_full", 1L));
    assertThat(counts.underWay()).isZero();
  }

  @Test
  void theHealthPagesNameTheEndpoints() throws IOException {
    for (String path : new String[] {"/", "/health", "/webhooks/health"}) {
      Reply reply = get(path);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body())
          .contains(
              "\"status\":\"healthy\"", "\"service\":\"hooklake\"", "POST /hook", "2026-01-05");
    }
  }

  @Test
  void readinessFollowsTheJournalAndLivenessDoesNot() throws IOException {
    assertThat(get("/readyz").status()).isEqualTo(200);
    obstacle = Optional.of("the journal failed");

    Reply notReady = get("/readyz");
    assertThat(notReady.status()).isEqualTo(503);
    assertThat(notReady.body()).contains("the journal failed");
    assertThat(get("/healthz").status()).isEqualTo(200);
    assertThat(get("/health").status()).isEqualTo(503);
  }

  private Reply get(String path) throws IOException {
    return client.send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n").reply();
  }

  private Reply sendGzip(byte[] body) throws IOException {
    return client
        .send(head(Stream.of("Content-Encoding: gzip", "Content-Length: " + body.length)))
        .send(body)
        .reply();
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  private static String post(String body, String... headers) {
    return head(Stream.concat(Stream.of(headers), Stream.of("Content-Length: " + body.length())))
        + body;
  }

  private static String chunkedHead() {
    return head(Stream.of("Transfer-Encoding: chunked"));
  }

  private static String head(Stream<String> headers) {
    return Stream.concat(
            Stream.of("POST /hook HTTP/1.1", "Host: h", "X-Plain-Signature: good"), headers)
        .collect(Collectors.joining("\r\n", "", "\r\n\r\n"));
  }

  private void awaitWaitingAppend() {
    while (journal.waiting.get() == 0) {
      Thread.onSpinWait();
    }
  }

  private void awaitQuiet() {
    while (server.counts().getFirst().underWay() > 0) {
      Thread.onSpinWait();
    }
  }

  private void awaitReceived() {
    while (server.counts().getFirst().received() == 0) {
      Thread.onSpinWait();
    }
  }

  private IntakeServer start(IntakeSettings settings) throws IOException {
    return PlainIntake.open(settings, journal, () -> obstacle, registry, clock);
  }

  static IntakeSettings settings(int maxInFlight, long maxInFlightBytes) {
    return settings(maxInFlight, maxInFlightBytes, Duration.ofSeconds(5));
  }

  private static IntakeSettings settings(int maxInFlight, long maxInFlightBytes, Duration grace) {
    return new IntakeSettings(
        "127.0.0.1",
        0,
        MAX_BODY,
        16 << 10,
        maxInFlight,
        maxInFlightBytes,
        100,
        Duration.ofSeconds(10),
        Duration.ofSeconds(120),
        Duration.ofSeconds(5),
        grace,
        List.of());
  }
}
