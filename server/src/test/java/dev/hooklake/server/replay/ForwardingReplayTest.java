package dev.hooklake.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.lake.Batch;
import dev.hooklake.lake.Batch.SequencedRow;
import dev.hooklake.lake.CommitOutcome;
import dev.hooklake.lake.Lake;
import dev.hooklake.lake.LakeReader;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.forwarding.Couriers;
import dev.hooklake.server.forwarding.Destination;
import dev.hooklake.server.forwarding.EventChoice;
import dev.hooklake.server.forwarding.ForwardingSettings;
import dev.hooklake.server.forwarding.ForwardingSettings.Breaking;
import dev.hooklake.server.forwarding.ForwardingSettings.Limits;
import dev.hooklake.server.forwarding.ForwardingSettings.Patience;
import dev.hooklake.server.forwarding.Receiver;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.server.pipeline.RecordDecoder;
import dev.hooklake.server.replay.ForwardingReplay.Piece;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.LandingRows;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.customerio.CustomerIo;
import dev.hooklake.sources.customerio.CustomerIoSettings;
import dev.hooklake.sources.signature.Secret;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What has landed, sent to a real receiver once more, through a real database.
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ForwardingReplayTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final ReplayRange AN_HOUR =
      new ReplayRange(NOON, NOON.plus(Duration.ofHours(1)), "shop");

  @Parameter TestDatabase engine;
  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();
  private final List<SequencedRow> rows = new ArrayList<>();
  private final ReentrantLock noErasure = new ReentrantLock();
  private Receiver receiver;
  private OperationsDatabase database;
  private Couriers couriers;

  @BeforeEach
  void open() throws Exception {
    database = OperationsDatabase.open(engine.empty(folder));
    receiver = new Receiver();
  }

  @AfterEach
  void close() {
    couriers.close();
    database.close();
    receiver.close();
  }

  @Test
  void whatTheDestinationChoseOfAPeriodIsSentAgainUnderItsId() throws Exception {
    start(1_000);
    land("shop", "e-early", "opened", NOON.minusMillis(1));
    land("shop", "e-1", "opened", NOON);
    land("shop", "e-2", "sent", NOON.plusSeconds(1));
    land("other", "e-3", "opened", NOON.plusSeconds(2));
    land("shop", "e-4", "opened", NOON.plusSeconds(3));
    land("shop", "e-late", "opened", AN_HOUR.to());
    commit();

    assertThat(replay(AN_HOUR)).isEqualTo(new Piece(3, 2, null, false));

    await(() -> receiver.got().size() == 2);
    assertThat(receiver.got())
        .extracting(Receiver.Got::id)
        .containsExactlyInAnyOrder("shop:e-1", "shop:e-4");
    await(() -> couriers.reports().getFirst().waiting() == 0);
    assertThat(replay(AN_HOUR).queued()).as("delivered, so sent once more").isEqualTo(2);
    await(() -> receiver.got().size() == 4);
    assertThat(receiver.got().stream().map(Receiver.Got::id).distinct()).hasSize(2);
  }

  @Test
  void whatWaitsStaysAsItIsAndADeadLetterWaitsAnew() throws Exception {
    receiver.answers(id -> id.endsWith("e-1") ? 410 : 503);
    start(1_000);
    land("shop", "e-1", "opened", NOON);
    land("shop", "e-2", "opened", NOON.plusSeconds(1));
    commit();
    assertThat(replay(AN_HOUR).queued()).isEqualTo(2);
    await(() -> receiver.got().size() == 2 && couriers.deadLetters().list("crm", 9).size() == 1);
    receiver.answers(_ -> 204);

    assertThat(replay(AN_HOUR).queued()).isEqualTo(1);

    await(() -> couriers.reports().getFirst().delivered() == 1);
    assertThat(couriers.deadLetters().list("crm", 9)).isEmpty();
    // Counted first, then forgotten.
    await(() -> couriers.reports().getFirst().waiting() == 1);
  }

  @Test
  void whereTheQueueIsFullOneGoesOnLater() throws Exception {
    receiver.answers(_ -> 503);
    start(2);
    for (int i = 0; i < 4; i++) {
      land("shop", "e-" + i, "opened", NOON.plusSeconds(i));
    }
    commit();

    Piece first = replay(AN_HOUR);
    assertThat(first).isEqualTo(new Piece(4, 2, NOON.plusSeconds(2), true));
    assertThat(replay(new ReplayRange(first.next(), AN_HOUR.to(), "shop")))
        .isEqualTo(new Piece(2, 0, NOON.plusSeconds(2), true));
    // Before the clock goes on, each attempt must have been noted at its time.
    await(() -> attempted() == 2);
    receiver.answers(_ -> 204);
    clock.advance(Duration.ofHours(1));
    await(() -> couriers.reports().getFirst().waiting() == 0);

    assertThat(replay(new ReplayRange(first.next(), AN_HOUR.to(), "shop")))
        .isEqualTo(new Piece(2, 2, null, false));
  }

  /// What it had read before would be queued after it was erased.
  @Test
  void nothingIsReadOrQueuedWhileAnErasureRemoves() throws Exception {
    start(1_000);
    land("shop", "e-1", "opened", NOON);
    commit();
    var piece = new FutureTask<>(() -> replay(AN_HOUR));
    noErasure.lock();
    try {
      Thread.ofVirtual().start(piece);
      await(noErasure::hasQueuedThreads);
      Files.move(folder.resolve("lake"), folder.resolve("erased"));
    } finally {
      noErasure.unlock();
    }

    assertThat(piece.get(60, TimeUnit.SECONDS)).isEqualTo(new Piece(0, 0, null, false));
  }

  private Piece replay(ReplayRange range) throws Exception {
    var source = new CustomerIo(CustomerIoSettings.of("shop", List.of(Secret.of("a test key"))));
    return new ForwardingReplay(
            LakeReader.open(LakeSettings.in(folder.resolve("lake"))),
            new RecordDecoder(Map.of("shop", source)),
            couriers.pastEvents(),
            clock,
            noErasure)
        .run("crm", range);
  }

  /// Forwards of which one attempt is noted.
  private int attempted() {
    return database.read(handle ->
        handle
            .createQuery("SELECT count(*) FROM forwards WHERE attempts = 1")
            .mapTo(Integer.class)
            .one());
  }

  private void start(long maxWaiting) {
    var destination =
        new Destination(
            "crm",
            receiver.url(),
            List.of(Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")),
            new EventChoice(Set.of(), Set.of(), Set.of("opened"), List.of()),
            null,
            true);
    var settings =
        new ForwardingSettings(
            List.of(destination),
            Patience.DEFAULT,
            new Limits(4, maxWaiting, Duration.ofDays(30)),
            new Breaking(1_000, Duration.ofMillis(50)));
    couriers =
        Couriers.start(
            settings,
            new Couriers.Ground(database, new UUID(0, 7), new SimpleMeterRegistry(), clock));
  }

  private void land(String source, String key, String metric, Instant receivedAt) {
    String body =
        "{\"event_id\":\"%s\",\"object_type\":\"email\",\"metric\":\"%s\",\"timestamp\":1772452800,\"data\":{\"delivery_id\":\"d\"}}"
            .formatted(key, metric);
    long sequence = rows.size() + 1L;
    var event = new SourceEvent(source, key, receivedAt, "/", Headers.NONE, "", Payload.of(body));
    rows.add(new SequencedRow(sequence, LandingRows.landing(event, sequence)));
  }

  private void commit() throws Exception {
    LakeSettings settings = LakeSettings.in(folder.resolve("lake"));
    try (Lake lake = Lake.open(settings, UUID.randomUUID(), clock)) {
      assertThat(lake.commit(new Batch(1, rows.size(), rows)))
          .isInstanceOf(CommitOutcome.Committed.class);
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
