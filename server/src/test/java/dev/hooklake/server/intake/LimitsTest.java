package dev.hooklake.server.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.fake.MemoryJournal;
import dev.hooklake.server.fake.PlainSource;
import dev.hooklake.server.fake.RawHttp;
import dev.hooklake.server.fake.RawHttp.Reply;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Limits of one source: how much, from where, and whose word counts for where.
final class LimitsTest {
  private static final String FORWARDED = "X-Forwarded-For: ";

  private final ManualClock clock = new ManualClock();
  private final MemoryJournal journal = new MemoryJournal(clock);
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private IntakeServer server;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void beyondItsRateASourceIsToldToComeBackLater() throws IOException {
    start(new SourceLimits(new RateLimit(2, Duration.ofMinutes(1)), List.of()));

    assertThat(post("a").status()).isEqualTo(200);
    assertThat(post("b").status()).isEqualTo(200);
    Reply limited = post("c");
    assertThat(limited.status()).isEqualTo(503);
    assertThat(limited.header("retry-after")).isEqualTo("5");
    assertThat(journal.records()).hasSize(2);
    assertThat(rejected("rate_limited")).isEqualTo(1);

    clock.advance(Duration.ofSeconds(30));
    assertThat(post("c").status()).isEqualTo(200);
  }

  @Test
  void whatIsNotAuthenticDoesNotUseTheRateUp() throws IOException {
    start(new SourceLimits(new RateLimit(1, Duration.ofHours(1)), List.of()));
    for (int i = 0; i < 5; i++) {
      assertThat(post("a", "X-Plain-Signature: bad").status()).isEqualTo(401);
    }

    assertThat(post("a").status()).isEqualTo(200);
  }

  @Test
  void anAddressThatIsNotAllowedIsTurnedAwayBeforeItIsVerified() throws IOException {
    start(new SourceLimits(null, List.of(AddressBlock.parse("192.0.2.0/24"))));

    assertThat(post("a").status()).isEqualTo(503);
    assertThat(post("a", "X-Plain-Signature: bad").status()).isEqualTo(503);
    assertThat(journal.records()).isEmpty();
    assertThat(rejected("address_not_allowed")).isEqualTo(2);
  }

  @Test
  void anAddressThatIsNotAllowedIsTurnedAwayBeforeItsBodyHasCome() throws IOException {
    start(new SourceLimits(null, List.of(AddressBlock.parse("192.0.2.0/24"))));
    try (RawHttp client = new RawHttp(server.port())) {
      Reply reply =
          client
              .send("POST /hook HTTP/1.1\r\nHost: h\r\nContent-Length: 4000000\r\n\r\nthe begin")
              .reply();

      assertThat(reply.status()).isEqualTo(503);
    }
    assertThat(rejected("address_not_allowed")).isEqualTo(1);
  }

  @Test
  void aDeliveryThatTookLongToArriveDoesNotFillTheBucketTwice() throws Exception {
    start(new SourceLimits(new RateLimit(3, Duration.ofMinutes(1)), List.of()));
    post("a");
    post("b");
    try (RawHttp slow = new RawHttp(server.port())) {
      slow.send(
          "POST /hook HTTP/1.1\r\nHost: h\r\nX-Plain-Signature: good\r\nContent-Length: 2\r\n\r\nc");
      awaitUnderWay(3);
      clock.advance(Duration.ofSeconds(20));
      assertThat(post("d").status()).isEqualTo(200);
      assertThat(slow.send("c").reply().status()).isEqualTo(200);
    }

    assertThat(post("e").status()).isEqualTo(503);
  }

  private void awaitUnderWay(int deliveries) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (server.counts().getFirst().received() < deliveries) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void nobodyButATrustedProxyCanSaySomebodyElseSentIt() throws IOException {
    start(new SourceLimits(null, List.of(AddressBlock.parse("192.0.2.0/24"))));

    assertThat(post("a", FORWARDED + "192.0.2.7").status()).isEqualTo(503);
  }

  @Test
  void behindATrustedProxyTheSenderIsTheLastAddressThatIsNoProxy() throws IOException {
    start(
        new SourceLimits(null, List.of(AddressBlock.parse("192.0.2.0/24"))),
        AddressBlock.parse("127.0.0.0/8"),
        AddressBlock.parse("10.0.0.0/8"));

    assertThat(post("a", FORWARDED + "192.0.2.7").status()).isEqualTo(200);
    assertThat(post("b", FORWARDED + "192.0.2.7, 10.1.2.3").status()).isEqualTo(200);
    assertThat(post("c", FORWARDED + "192.0.2.7", FORWARDED + "10.1.2.3").status()).isEqualTo(200);
    // Anybody can write the first one.
    assertThat(post("d", FORWARDED + "192.0.2.7, 203.0.113.9").status()).isEqualTo(503);
    assertThat(post("e", FORWARDED + "192.0.2.7, unknown").status()).isEqualTo(503);
    assertThat(post("f").status()).isEqualTo(503);
  }

  private void start(SourceLimits limits, AddressBlock... proxies) throws IOException {
    IntakeSettings usual = IntakeSettings.defaults("127.0.0.1", 0);
    var settings =
        new IntakeSettings(
            usual.host(),
            usual.port(),
            usual.maxBodyBytes(),
            usual.maxHeaderBytes(),
            usual.maxInFlight(),
            usual.maxInFlightBytes(),
            usual.maxConnections(),
            // By the clock that a test moves: its slow delivery must not be cut off.
            Duration.ofMinutes(5),
            usual.idleTimeout(),
            usual.retryAfter(),
            Duration.ofSeconds(1),
            List.of(proxies));
    server =
        IntakeServer.build(
            settings,
            new IntakeServer.Parts(
                List.of(new Endpoint("/hook", new PlainSource(), limits)),
                journal,
                Optional::empty,
                registry,
                clock,
                "1"));
    server.open();
  }

  private Reply post(String body, String... headers) throws IOException {
    boolean unsigned = Arrays.stream(headers).noneMatch(header -> header.contains("Signature"));
    String all =
        String.join("\r\n", headers)
            + (headers.length > 0 ? "\r\n" : "")
            + (unsigned ? "X-Plain-Signature: good\r\n" : "");
    try (RawHttp client = new RawHttp(server.port())) {
      return client
          .send(
              "POST /hook HTTP/1.1\r\nHost: h\r\n"
                  + all
                  + "Content-Length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body)
          .reply();
    }
  }

  private long rejected(String reason) {
    return server.counts().getFirst().rejected().getOrDefault(reason, 0L);
  }
}
