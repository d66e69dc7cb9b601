package dev.hooklake.server.enrichment.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.enrichment.call.CallLimits.BreakerLimits;
import dev.hooklake.server.enrichment.call.Failure.Kind;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.testkit.http.FakeServer;
import dev.hooklake.testkit.http.Fault;
import dev.hooklake.testkit.http.Reply;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteServiceTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final BreakerLimits PATIENT = new BreakerLimits(100, 100, Duration.ofHours(1));

  private final FakeServer fake =
      new FakeServer(Integer.MAX_VALUE, Reply.text(429, ""), _ -> Reply.text(200, "{}"));
  private final HttpClient http = HttpClient.newHttpClient();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Ending ending = new Ending();
  private final OperationsDatabase database;

  RemoteServiceTest(@TempDir Path directory) {
    database = OperationsDatabase.open(TestDatabase.SQLITE.empty(directory));
  }

  @AfterEach
  void close() {
    http.close();
    fake.close();
    database.close();
  }

  @Test
  void whatTheServiceAnswersIsHandedOn() throws Exception {
    assertThat(call(usual())).isEqualTo(new CallOutcome.Answered(200, "{}"));
    fake.next(new Fault.Answered(Reply.text(404, "gone")));
    assertThat(call(usual())).isEqualTo(new CallOutcome.Answered(404, "gone"));
  }

  @Test
  void aServiceThatDoesNotAnswerIsGivenUpInTime() throws Exception {
    RemoteService hasty =
        service(new CallLimits(1_000, MINUTE, 4, Duration.ofMillis(300), PATIENT));
    fake.next(new Fault.Silence());
    assertThat(failure(hasty).kind()).isEqualTo(Kind.LOST);
    fake.next(new Fault.CutOff());
    assertThat(failure(hasty).kind()).isEqualTo(Kind.LOST);
    assertThat(failure(usual(), "http://127.0.0.1:1/").kind()).isEqualTo(Kind.UNREACHABLE);
  }

  @Test
  void aReasonHoldsNeitherUrlNorAnswer() throws Exception {
    fake.next(new Fault.Answered(Reply.text(500, "52998224725 is unknown")));
    Failure failure = failure(usual(), fake.url() + "/Pessoa/52998224725?token=secret");
    assertThat(failure.reason()).isEqualTo("fake answered 500");
  }

  @Test
  void anAnswerTooLargeIsLost() throws Exception {
    fake.next(new Fault.Answered(Reply.text(200, "x".repeat(2 << 20))));
    assertThat(failure(usual()).kind()).isEqualTo(Kind.LOST);
  }

  @Test
  void aServiceThatKeepsFailingIsLeftAlone() throws Exception {
    RemoteService service =
        service(
            new CallLimits(
                1_000_000, MINUTE, 4, Duration.ofSeconds(5), new BreakerLimits(3, 3, MINUTE)));
    for (int i = 0; i < 3; i++) {
      fake.next(new Fault.Answered(Reply.text(503, "")));
      assertThat(failure(service).kind()).isEqualTo(Kind.SERVER_ERROR);
    }
    Failure leftAlone = failure(service);

    assertThat(leftAlone.kind()).isEqualTo(Kind.NOT_NOW);
    assertThat(leftAlone.countsAsAttempt()).isFalse();
    assertThat(leftAlone.retryAfter()).isBetween(Duration.ofSeconds(1), MINUTE);
    assertThat(fake.rate().total()).isEqualTo(3);
    assertThat(registry.get("hooklake.service.breaker.open").gauge().value()).isEqualTo(1);
  }

  @Test
  void whoIsAskedToBeSlowerKeepsEveryServerQuiet() throws Exception {
    RemoteService first = usual();
    RemoteService other = usual();
    fake.next(new Fault.Answered(Reply.text(429, "").with("Retry-After", "1")));
    Instant before = Instant.now();
    Failure throttled = failure(first);
    call(other);

    assertThat(throttled.kind()).isEqualTo(Kind.THROTTLED);
    assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    assertThat(Duration.between(before, Instant.now()))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void whoWaitsForItsTurnIsLetGoWhenTheServerStops() throws Exception {
    RemoteService slow =
        service(new CallLimits(1, Duration.ofHours(1), 4, Duration.ofSeconds(5), PATIENT));
    call(slow);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Failure> waiting = threads.submit(() -> failure(slow));
      ending.begin();
      assertThat(waiting.get().kind()).isEqualTo(Kind.NOT_NOW);
    }
    assertThat(fake.rate().total()).isEqualTo(1);
  }

  @Test
  void retryAfterIsSecondsOrADateAndNeverTooLong() {
    Instant now = Instant.parse("2026-01-15T13:00:00Z");
    assertThat(RetryAfter.parse("60", now)).contains(Duration.ofSeconds(60));
    assertThat(RetryAfter.parse("Thu, 15 Jan 2026 13:01:00 GMT", now)).contains(MINUTE);
    assertThat(RetryAfter.parse("Thu, 15 Jan 2026 12:00:00 GMT", now)).contains(Duration.ZERO);
    assertThat(RetryAfter.parse("999999999", now)).contains(Duration.ofHours(1));
    assertThat(RetryAfter.parse("soon", now)).isEmpty();
  }

  private RemoteService usual() {
    return service(new CallLimits(1_000_000, MINUTE, 4, Duration.ofSeconds(10), PATIENT));
  }

  private RemoteService service(CallLimits limits) {
    InstantSource clock = InstantSource.system();
    return new RemoteService(
        "fake",
        limits,
        new SharedPace("fake", limits, database, clock),
        new RemoteService.Parts(http, ending, clock, new CallMeters(registry)));
  }

  private CallOutcome call(RemoteService service) throws InterruptedException {
    return call(service, fake.url().toString());
  }

  private static CallOutcome call(RemoteService service, String url) throws InterruptedException {
    return service.call(HttpRequest.newBuilder(URI.create(url)).build());
  }

  private Failure failure(RemoteService service) throws InterruptedException {
    return failure(service, fake.url().toString());
  }

  private static Failure failure(RemoteService service, String url) throws InterruptedException {
    return ((CallOutcome.Failed) call(service, url)).failure();
  }
}
