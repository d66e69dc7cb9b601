package dev.hooklake.server.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.journal.EventKey;
import dev.hooklake.journal.JournalRecord;
import dev.hooklake.lake.PersonRows;
import dev.hooklake.lake.Replacement;
import dev.hooklake.server.erasure.Person;
import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.forwarding.ForwardingSettings.Breaking;
import dev.hooklake.server.forwarding.ForwardingSettings.Limits;
import dev.hooklake.server.forwarding.ForwardingSettings.Patience;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.Verification;
import dev.hooklake.sources.event.Channel;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.signature.Secret;
import dev.hooklake.sources.signature.StandardWebhooks;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Events from the journal to a real receiver, through a real database.
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ForwardingTest {
  private static final UUID JOURNAL = new UUID(0, 7);
  private static final Secret OLD = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  private static final Secret NEW = Secret.of("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD");
  private static final Patience PATIENCE =
      new Patience(
          Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofHours(6), Duration.ofDays(3));
  private static final ObjectMapper JSON = new ObjectMapper();

  @Parameter TestDatabase engine;
  @TempDir Path directory;

  private final ManualClock clock = new ManualClock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<Row> journal = new ArrayList<>();
  private EventChoice choice = EventChoice.ALL;
  private JsonPointer orderBy;
  private Breaking breaking = new Breaking(1_000, Duration.ofMillis(50));
  private long maxWaiting = 1_000;
  private OperationsDatabase database;
  private Receiver receiver;
  private ForwardingSettings settings;
  private Couriers couriers;

  @BeforeEach
  void open() throws Exception {
    database = OperationsDatabase.open(engine.empty(directory));
    receiver = new Receiver();
  }

  @AfterEach
  void close() {
    if (couriers != null) {
      couriers.close();
    }
    receiver.close();
    database.close();
  }

  @Test
  void whatWasChosenArrivesSignedByEverySecretAndIsForgotten() throws Exception {
    choice =
        new EventChoice(
            Set.of("customerio"),
            Set.of("email"),
            Set.of("opened", "clicked"),
            List.of(EventChoice.Condition.parse("/data/campaign_id=42|43")));
    start();

    journal(
        email("e-1", "opened").set("campaign_id", 42L),
        email("e-2", "sent").set("campaign_id", 42L),
        email("e-3", "opened").set("campaign_id", 44L),
        email("e-4", "opened"),
        email("e-5", "clicked").set("campaign_id", 43L).set("source", "resend"));

    await(() -> waiting() == 0 && !receiver.got().isEmpty());
    assertThat(receiver.got()).extracting(Receiver.Got::id).containsExactly("customerio:e-1");
    Receiver.Got got = receiver.got().getFirst();
    for (Secret key : List.of(OLD, NEW)) {
      assertThat(verified(got, key)).isInstanceOf(Verification.Verified.class);
    }
    JsonNode body = JSON.readTree(got.body());
    assertThat(body.path("type").asText()).isEqualTo("email.opened");
    assertThat(body.at("/data/email_address").asText()).isEqualTo("dana@customer.example");
    assertThat(body.at("/data/extra/of_theirs").asInt()).isEqualTo(1);
  }

  @Test
  void whatIsNotTakenIsTriedForDaysThenADeadLetterThatCanBeSentAgain() throws Exception {
    receiver.answers(_ -> 500);
    start();
    journal(email("e-1", "opened"));

    int attempts = untilDead();

    // The clock leaps by the longest wait, so at 0, 6, 12 ... 72 hours.
    assertThat(attempts).isEqualTo(13);
    assertThat(receiver.got()).extracting(Receiver.Got::id).containsOnly("customerio:e-1");
    DeadLetter letter = couriers.deadLetters().list("", 10).getFirst();
    assertThat(letter.attempts()).isEqualTo(attempts);
    assertThat(letter.reason()).isEqualTo("answered 500");
    assertThat(count("dead")).isEqualTo(1);

    receiver.answers(_ -> 200);
    assertThat(couriers.deadLetters().replay("other", "")).isZero();
    assertThat(couriers.deadLetters().replay("crm", "customerio:e-1")).isEqualTo(1);
    await(() -> receiver.acceptedIds().equals(List.of("customerio:e-1")) && waiting() == 0);
    assertThat(couriers.deadLetters().list("", 10)).isEmpty();
  }

  @Test
  void aDestinationThatIsGoneForGoodIsNotAskedAgain() throws Exception {
    receiver.answers(_ -> 410);
    start();
    journal(email("e-1", "opened"));

    await(() -> couriers.deadLetters().list("crm", 10).size() == 1);

    assertThat(receiver.got()).hasSize(1);
  }

  @Test
  void whatSharesAKeyKeepsItsOrderWhileOthersGoOn() throws Exception {
    orderBy = JsonPointer.compile("/data/delivery_id");
    receiver.answers(id -> id.endsWith("a-1") ? 503 : 204);
    start();
    journal(
        email("a-1", "sent").set("delivery_id", "A"),
        email("a-2", "delivered").set("delivery_id", "A"),
        email("b-1", "sent").set("delivery_id", "B"),
        email("b-2", "delivered").set("delivery_id", "B"),
        email("a-3", "opened").set("delivery_id", "A"));

    await(() -> receiver.acceptedIds().contains("customerio:b-2") && count("failed") == 1);
    assertThat(receiver.acceptedIds()).containsExactly("customerio:b-1", "customerio:b-2");

    receiver.answers(_ -> 204);
    clock.advance(Duration.ofMinutes(2));
    await(() -> waiting() == 0);
    assertThat(receiver.acceptedIds())
        .endsWith("customerio:a-1", "customerio:a-2", "customerio:a-3");
  }

  @Test
  void aDestinationThatKeepsFailingIsLeftAloneAndThenTriedWithOneEvent() throws Exception {
    breaking = new Breaking(8, Duration.ofHours(1));
    receiver.answers(_ -> 500);
    start();
    journal(
        IntStream.range(0, 20).mapToObj(i -> email("e-" + i, "sent")).toArray(Row.Builder[]::new));

    await(() -> couriers.reports().getFirst().breaker().equals("open"));

    assertThat(receiver.got()).hasSize(8);
    assertThat(registry.get("hooklake.forwarding.breaker.open").gauge().value()).isEqualTo(1);
    assertThat(couriers.reports().getFirst().lastFailure()).isEqualTo("answered 500");
    receiver.answers(_ -> 204);
    restart(new Breaking(8, Duration.ofMillis(50)));
    clock.advance(Duration.ofMinutes(2));
    await(() -> waiting() == 0);
    assertThat(couriers.reports().getFirst().breaker()).isEqualTo("closed");
    assertThat(receiver.acceptedIds()).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void anAnswerThatAsksForTimeGetsIt() throws Exception {
    receiver.answers(_ -> 429);
    receiver.answerHeaders(Map.of("Retry-After", "1800"));
    start();
    journal(email("e-1", "sent"));
    await(() -> count("failed") == 1);

    clock.advance(Duration.ofMinutes(29));
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(600));
    assertThat(receiver.got()).hasSize(1);
    receiver.answers(_ -> 204);
    clock.advance(Duration.ofMinutes(2));
    await(() -> waiting() == 0);
  }

  @Test
  void whatAServerWasSendingWhenItWasKilledIsSentAgainUnderTheSameId() throws Exception {
    start();
    couriers.close();
    journal(email("e-1", "sent"));
    var killed = new ForwardQueue(database, JOURNAL.toString());
    List<Forward> due = killed.due("crm", clock.instant(), 10);
    assertThat(killed.hold(due, clock.instant(), Duration.ofMinutes(5))).hasSize(1);
    assertThat(killed.hold(due, clock.instant(), Duration.ofMinutes(5))).isEmpty();

    start();

    await(() -> receiver.acceptedIds().equals(List.of("customerio:e-1")));
  }

  @Test
  void anEventQueuedTwiceIsSentOnce() throws Exception {
    var release = new CountDownLatch(1);
    receiver.answers(_ -> {
      awaitQuietly(release);
      return 204;
    });
    start();
    journal(email("e-1", "sent"));
    journal(email("e-1", "sent"));
    release.countDown();

    await(() -> waiting() == 0 && !receiver.acceptedIds().isEmpty());
    assertThat(receiver.got()).hasSize(1);
  }

  @Test
  void beyondTheLimitNewEventsAreNotQueuedAndCounted() {
    maxWaiting = 3;
    receiver.answers(_ -> 503);
    start();
    journal(
        IntStream.range(0, 5).mapToObj(i -> email("e-" + i, "sent")).toArray(Row.Builder[]::new));

    assertThat(waiting()).isEqualTo(3);
    assertThat(registry.get("hooklake.forwarding.overflow").counter().count()).isEqualTo(2);
  }

  @Test
  void aPersonIsErasedFromWhatWaits() throws Exception {
    receiver.answers(_ -> 503);
    start();
    journal(
        email("e-1", "sent"),
        email("e-2", "sent").set("email_address", "kim@customer.example"),
        email("e-3", "sent").set("email_address", null).set("delivery_id", "d-of-dana"),
        email("e-4", "sent").set("email_address", null));
    var dana = new Person(Set.of("dana@customer.example"), Set.of(), Set.of(), Set.of(), Set.of());
    var rows =
        new PersonRows(
            Set.of(new Replacement.Key("customerio", "e-4")),
            Set.of(new PersonRows.Link("customerio", "d-of-dana")));

    assertThat(new QueuedForwards(database).erase(dana, rows)).isEqualTo(3);

    assertThat(new QueuedForwards(database).erase(dana, rows)).isZero();
    assertThat(waiting()).isEqualTo(1);
  }

  @Test
  void whatNoDatabaseTakesDoesNotStopIt() {
    start();
    journal(email("no\0such\0key" + "x".repeat(9_000), "sent").set("subject", "nul \0 here"));

    await(() -> receiver.got().size() == 1);
    assertThat(receiver.got().getFirst().id()).startsWith("sha256:").hasSizeLessThan(100);
  }

  private void start() {
    var destination =
        new Destination("crm", receiver.url(), List.of(OLD, NEW), choice, orderBy, true);
    settings =
        new ForwardingSettings(
            List.of(destination),
            PATIENCE,
            new Limits(8, maxWaiting, Duration.ofDays(30)),
            breaking);
    couriers = Couriers.start(settings, new Couriers.Ground(database, JOURNAL, registry, clock));
  }

  private void restart(Breaking other) {
    couriers.close();
    breaking = other;
    registry.clear();
    start();
  }

  /// Goes through the journal as its consumer does.
  private void journal(Row.Builder... rows) {
    journal.clear();
    for (Row.Builder row : rows) {
      journal.add(row.build());
    }
    var effect =
        new Forwarding(
            (record, _) -> new Decoding.Understood(journal.get((int) record.sequence() - 1)),
            settings,
            couriers.backlogs());
    var work =
        effect.prepare(
            IntStream.rangeClosed(1, rows.length).mapToObj(ForwardingTest::record).toList(),
            clock.instant());
    database.change(work::store);
    work.stored();
    effect.tidy(database, clock.instant());
  }

  private static JournalRecord record(int sequence) {
    return new JournalRecord(
        sequence, Instant.EPOCH, new EventKey(0, sequence), ByteBuffer.allocate(0));
  }

  private int untilDead() {
    await(() -> count("failed") == 1);
    int seen = 1;
    while (couriers.deadLetters().list("crm", 1).isEmpty()) {
      clock.advance(Duration.ofHours(6));
      int before = seen;
      await(() -> count("failed") > before || !couriers.deadLetters().list("crm", 1).isEmpty());
      seen = (int) count("failed");
    }
    return seen + 1;
  }

  private long waiting() {
    return couriers.reports().getFirst().waiting();
  }

  private double count(String outcome) {
    return registry.get("hooklake.forwarding.attempts").tag("outcome", outcome).counter().count();
  }

  private Verification verified(Receiver.Got got, Secret key) {
    return StandardWebhooks.of(List.of(key), Duration.ofMinutes(5)).verify(delivery(got));
  }

  private Delivery delivery(Receiver.Got got) {
    List<String> headers = new ArrayList<>();
    got.headers()
        .forEach((name, value) -> {
          headers.add(name);
          headers.add(value);
        });
    return new Delivery("/hook", "", Headers.of(headers), Payload.of(got.body()), clock.instant());
  }

  private static Row.Builder email(String key, String metric) {
    Instant at = Instant.parse("2026-01-05T08:00:00Z");
    return Row.in(Channel.EMAIL.table())
        .set("event_id", key)
        .set("source", "customerio")
        .set("object_type", "email")
        .set("metric", metric)
        .set("timestamp", at.getEpochSecond())
        .set("occurred_at", at)
        .set("received_at", at)
        .set("processed_at", at)
        .set("email_address", "dana@customer.example")
        .set("is_machine", false)
        .set("extra", "{\"of_theirs\": 1}")
        .set("event_date", LocalDate.ofInstant(at, ZoneOffset.UTC));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still waiting").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }
}
