package dev.hooklake.server.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.enrichment.call.CallLimits;
import dev.hooklake.server.fake.LogSearch;
import dev.hooklake.server.operations.DatabaseSettings;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.server.pipeline.BackOff;
import dev.hooklake.testkit.leads.C2sFake;
import dev.hooklake.testkit.leads.Weather;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Jobs as servers run them: on a real clock, several at a time, on bad days too.
class LeadJobsTest {
  private static final LeadJobs.Rhythm FAST =
      new LeadJobs.Rhythm(Duration.ofMillis(100), Duration.ofMillis(250));
  private static final int CALLS_A_MINUTE = 6_000;
  private static final int LEADS = Boolean.getBoolean("hooklake.long") ? 2_000 : 30;
  private static final Duration PATIENCE = Duration.ofMinutes(LEADS > 1_000 ? 15 : 3);

  @TempDir private Path directory;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @AfterEach
  void closeAll() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  /// The share of failures is that of the issue; every seventh note is taken and its answer lost.
  /// Afterwards all that the run left behind is searched for people.
  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void onABadDayEveryLeadComesToItsEndAndNobodyGetsTwoNotes(TestDatabase engine) throws Exception {
    LogSearch logs = opened(LogSearch.listening(LeadTraces.ALL));
    DatabaseSettings settings = engine.empty(directory);
    LeadFakes fakes = opened(badDay());
    LeadWorld first = world(settings, fakes);
    // SQLite is one server's own.
    LeadWorld second = engine == TestDatabase.POSTGRES ? world(settings, fakes) : first;
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < LEADS; i++) {
      ids.addAll((i % 2 == 0 ? first : second).arrive(lead(fakes, i)));
    }
    opened(first.jobs("one", new SilentMoments(), FAST));
    if (second != first) {
      opened(second.jobs("two", new SilentMoments(), FAST));
    }
    await(() -> openEvents(first) == 0);

    assertThat(ids).hasSize(LEADS);
    assertThat(statuses(first, ids).keySet()).isSubsetOf(EventStatus.COMPLETED, EventStatus.FAILED);
    assertThat(statuses(first, ids).get(EventStatus.COMPLETED)).isGreaterThan(LEADS / 2);
    for (int i = 0; i < ids.size(); i++) {
      requireEnd(first.event(ids.get(i)), fakes.crm.notes("lead-" + i).size());
    }
    requirePace(fakes);
    await(() -> first.reported().size() + reportedBy(second, first) == ids.size());
    assertThat(logs.lines()).isGreaterThan(LEADS);
    assertThat(logs.found()).isEmpty();
    LeadTraces.requireOnlyWhereTheyMayBe(first, directory.resolve("lake"));
    if (second != first) {
      LeadTraces.requireOnlyWhereTheyMayBe(second, directory.resolve("lake of the second"));
    }
  }

  private static int reportedBy(LeadWorld second, LeadWorld first) {
    return second == first ? 0 : second.reported().size();
  }

  private static Map<EventStatus, Long> statuses(LeadWorld world, List<String> ids) {
    return ids.stream()
        .map(world::event)
        .collect(Collectors.groupingBy(StoredEvent::status, Collectors.counting()));
  }

  private static void requireEnd(StoredEvent event, int notes) {
    boolean told = event.outcome() == Outcome.ENRICHED || event.outcome() == Outcome.PARTIAL;
    assertThat(notes).as("notes of %s", event).isLessThanOrEqualTo(1);
    if (event.status() == EventStatus.FAILED) {
      assertThat(event.errorMessage()).isNotBlank();
    } else {
      assertThat(told).as("%s", event).isEqualTo(notes == 1);
    }
  }

  private static void requirePace(LeadFakes fakes) {
    Duration minute = Duration.ofMinutes(1);
    assertThat(fakes.crm.calls().mostIn(minute)).isLessThanOrEqualTo(CALLS_A_MINUTE);
    assertThat(fakes.finder.calls().mostIn(minute)).isLessThanOrEqualTo(CALLS_A_MINUTE);
    assertThat(fakes.register.calls().mostIn(minute)).isLessThanOrEqualTo(CALLS_A_MINUTE);
  }

  @Test
  void whatADeadServerHadBegunIsTakenOver() throws Exception {
    DatabaseSettings settings = TestDatabase.POSTGRES.empty(directory);
    LeadFakes fakes = opened(LeadFakes.fair());
    LeadWorld dead = world(settings, fakes);
    LeadWorld alive = world(settings, fakes);
    String id = dead.arrive(lead(fakes, 1)).getFirst();
    pickedByADeadServer(dead, id);
    opened(alive.jobs("alive", new SilentMoments(), FAST)).wake();

    await(() -> alive.event(id).status() == EventStatus.COMPLETED);
    assertThat(fakes.crm.notes("lead-1")).hasSize(1);
  }

  @Test
  void aServerThatComesBackGoesOnAtOnce() throws Exception {
    LeadFakes fakes = opened(LeadFakes.fair());
    LeadWorld world = world(TestDatabase.SQLITE.empty(directory), fakes);
    String id = world.arrive(lead(fakes, 1)).getFirst();
    pickedByADeadServer(world, id);
    var slow = new LeadJobs.Rhythm(Duration.ofMillis(100), Duration.ofHours(1));
    opened(world.jobs("dead", new SilentMoments(), slow)).wake();

    await(() -> world.event(id).status() == EventStatus.COMPLETED);
  }

  @Test
  void eventsOfOneLeadAreWorkedOnOneAfterTheOther() throws Exception {
    LeadFakes fakes = opened(LeadFakes.fair());
    LeadWorld world = world(TestDatabase.SQLITE.empty(directory), fakes);
    List<String> ids = new ArrayList<>();
    for (int second = 10; second < 22; second++) {
      String at = "2026-01-15T10:00:%d-03:00".formatted(second);
      ids.addAll(world.arrive(fakes.lead("a", at, "lead1@example.com", "5511900000001")));
    }
    opened(world.jobs("one", new SilentMoments(), FAST)).wake();
    await(() -> openEvents(world) == 0);

    assertThat(fakes.crm.notes("a")).hasSize(1);
    assertThat(statuses(world, ids)).containsOnlyKeys(EventStatus.COMPLETED);
  }

  @Test
  void anOpenEventWithoutAJobGetsOne() throws Exception {
    LeadFakes fakes = opened(LeadFakes.fair());
    LeadWorld world = world(TestDatabase.SQLITE.empty(directory), fakes);
    String id = world.arrive(lead(fakes, 1)).getFirst();
    world.database.change(handle -> handle.execute("DELETE FROM scheduled_tasks"));
    opened(world.jobs("one", new SilentMoments(), FAST)).wake();

    await(() -> world.event(id).status() == EventStatus.COMPLETED);
  }

  @Test
  void aFaultOfOursIsTriedAFewTimesAndThenFailsTheEventWithTheReason() throws Exception {
    LeadFakes fakes = opened(LeadFakes.fair());
    LeadWorld world = world(TestDatabase.SQLITE.empty(directory), fakes);
    String faulty = world.arrive(lead(fakes, 1)).getFirst();
    String sound = world.arrive(lead(fakes, 2)).getFirst();
    world.database.change(handle ->
        handle.execute("UPDATE webhook_events SET payload_raw = 'x' WHERE id = ?", faulty));
    opened(world.jobs("one", new SilentMoments(), FAST)).wake();
    await(() -> openEvents(world) == 0);

    assertThat(world.event(faulty).status()).isEqualTo(EventStatus.FAILED);
    assertThat(world.event(faulty).attempts()).isEqualTo(3);
    assertThat(world.event(faulty).errorMessage())
        .contains("a fault of ours, IllegalStateException", "reprocess");
    assertThat(world.event(sound).status()).isEqualTo(EventStatus.COMPLETED);
    await(() -> world.count("scheduled_tasks") == 2);
  }

  @Test
  void howAnEnrichmentEndedIsJournaledOnceWithoutAnythingOfThePerson() throws Exception {
    LeadFakes fakes = opened(LeadFakes.fair());
    LeadWorld world = world(TestDatabase.SQLITE.empty(directory), fakes);
    world.arrive(lead(fakes, 1));
    opened(world.jobs("one", new SilentMoments(), FAST)).wake();
    await(() -> !world.reported().isEmpty());

    assertThat(world.reported())
        .singleElement()
        .asString()
        .contains("\"outcome\":\"enriched\"", "\"step\":\"note\"", "\"lead_id\":\"lead-1\"")
        .doesNotContain("example.com", "9000000", "LEAD TESTE", "52998224725");
  }

  @Test
  void closingLeavesWhatWaitsForTheNextStart() throws Exception {
    LeadFakes fakes = opened(LeadFakes.fair());
    var oneAnHour =
        new CallLimits(
            1, Duration.ofHours(1), 1, Duration.ofSeconds(5), CallLimits.BreakerLimits.DEFAULT);
    DatabaseSettings settings = TestDatabase.SQLITE.empty(directory);
    LeadWorld world =
        new LeadWorld(settings, fakes.services(), wishes(oneAnHour), InstantSource.system());
    String id = world.arrive(lead(fakes, 1)).getFirst();
    LeadJobs jobs = world.jobs("one", new SilentMoments(), FAST);
    await(() -> fakes.finder.calls().total() == 1 && world.steps(id).size() == 3);
    jobs.close();
    assertThat(world.event(id).status()).isEqualTo(EventStatus.PROCESSING);
    world.database.change(handle -> handle.execute("DELETE FROM service_paces"));
    world.close();

    LeadWorld again = world(settings, fakes);
    opened(again.jobs("one", new SilentMoments(), FAST)).wake();
    await(() -> again.event(id).status() == EventStatus.COMPLETED);
    assertThat(fakes.finder.calls().total()).isEqualTo(2);
  }

  private static void pickedByADeadServer(LeadWorld world, String id) {
    world.database.change(handle ->
        handle
            .createUpdate(
                "UPDATE scheduled_tasks SET picked = :yes, picked_by = 'dead',"
                    + " last_heartbeat = execution_time, version = version + 1"
                    + " WHERE task_instance = :id")
            .bind("yes", true)
            .bind("id", id)
            .execute());
    world.database.change(handle ->
        handle.execute(
            "UPDATE webhook_events SET status = 'processing', run = 1 WHERE id = ?", id));
  }

  private static LeadFakes badDay() {
    return new LeadFakes(
        new C2sFake(LeadWorld.CRM_TOKEN, Integer.MAX_VALUE, Weather.rough(11, 0.3, 0.01), 1.0 / 7),
        Weather.rough(22, 0.3, 0.01),
        Weather.rough(33, 0.3, 0.01));
  }

  private LeadWorld world(DatabaseSettings settings, LeadFakes fakes) {
    var limits =
        new CallLimits(
            CALLS_A_MINUTE,
            Duration.ofMinutes(1),
            8,
            Duration.ofSeconds(10),
            new CallLimits.BreakerLimits(20, 25, Duration.ofMillis(200)));
    return opened(
        new LeadWorld(settings, fakes.services(), wishes(limits), InstantSource.system()));
  }

  private static LeadWorld.Wishes wishes(CallLimits limits) {
    var queue =
        new Queue(
            3,
            new BackOff(Duration.ofMillis(20), Duration.ofMillis(200)),
            Duration.ofDays(1),
            10_000,
            10_000,
            8);
    return new LeadWorld.Wishes(limits, queue, Duration.ZERO, 3);
  }

  private static String lead(LeadFakes fakes, int i) {
    return fakes.lead(
        "lead-" + i,
        "2026-01-15T10:00:00-03:00",
        "lead%d@example.com".formatted(1 + i % 8),
        "55119000000%02d".formatted(1 + i % 4));
  }

  private static int openEvents(LeadWorld world) {
    return world.database.read(handle ->
        handle
            .createQuery(
                "SELECT COUNT(*) FROM webhook_events"
                    + " WHERE status IN ('received', 'processing')")
            .mapTo(int.class)
            .one());
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("waiting for it").isBefore(end);
      assertThat(new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS)).isFalse();
    }
  }
}
