package dev.hooklake.server.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.server.pipeline.OwnEvents;
import dev.hooklake.server.reconciliation.HistoryJob.Kind;
import dev.hooklake.server.reconciliation.HistoryJob.State;
import dev.hooklake.server.reconciliation.HistoryJobs.Wish;
import dev.hooklake.sources.Origin;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The whole of reconciliation and backfill but for network and lake.
final class HistoryJobsTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 9, 20);
  private static final LocalDate DAY = TODAY.minusDays(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-09-20T10:00:00Z"));
  private final Listing listing = new Listing();
  private final Map<String, List<ProviderName>> names = new ConcurrentHashMap<>();
  private final KeyedJournal journal = new KeyedJournal();
  private final HeldInMemory held = new HeldInMemory(journal, ListedMessageTest.customerIoSource());

  /// Ten messages on each of two days, all webhooks but these came.
  private void allCameBut(String... lost) {
    for (int i = 0; i < 20; i++) {
      Listing.Message message = listing.delivered("d" + i, DAY.plusDays(i % 2));
      for (Fact fact : message.facts()) {
        if (!Set.of(lost).contains("d" + i + " " + fact.metric())) {
          journal.events.add(message.webhook(fact));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsLostIsFoundFilledAndComplete(TestDatabase engine) throws Exception {
    allCameBut("d3 delivered", "d4 sent", "d4 delivered");
    try (OperationsDatabase database = open(engine)) {
      FigureQueries figures = new FigureQueries(database);
      HistoryJob found = run(database, Kind.RECONCILIATION, false);
      assertThat(found.progress().expected()).isEqualTo(40);
      assertThat(found.progress().missing()).isEqualTo(3);
      assertThat(figures.days("customerio", DAY, TODAY))
          .extracting(Figures.Day::missing)
          .containsExactly(0L, 1L, 2L);
      assertThat(figures.standing("customerio"))
          .isEqualTo(new Figures.Standing(37, 3, DAY, now.get(), null));
      assertThat(figures.missing("customerio", DAY, TODAY, new FigureQueries.Page(0, 10)))
          .extracting(event -> event.deliveryId() + " " + event.metric())
          .containsExactlyInAnyOrder("d3 delivered", "d4 sent", "d4 delivered");

      HistoryJob dry = run(database, Kind.BACKFILL, true);
      assertThat(dry.progress().filled()).isEqualTo(3);
      assertThat(journal.events).hasSize(37);

      HistoryJob filled = run(database, Kind.BACKFILL, false);
      assertThat(filled.progress().filled()).isEqualTo(3);
      assertThat(filled.progress().missing()).isZero();
      assertThat(journal.events).hasSize(40);
      assertThat(journal.events.subList(37, 40))
          .allMatch(event -> event.origin() == Origin.BACKFILL);
      assertThat(figures.days("customerio", DAY, TODAY)).allMatch(day -> day.completeness() == 1);
      assertThat(figures.missing("customerio", DAY, TODAY, new FigureQueries.Page(0, 10)))
          .isEmpty();

      HistoryJob again = run(database, Kind.BACKFILL, false);
      assertThat(again.progress().filled()).isZero();
      assertThat(journal.events).hasSize(40);
    }
  }

  @ParameterizedTest
  @EnumSource
  void namesAreKeptAndWithoutThemThereAreStillFigures(TestDatabase engine) throws Exception {
    allCameBut("d3 delivered");
    var campaign = new ProviderName("campaign", 7, 0, "Welcome", "running");
    listing.names = new ProviderHistory.Naming.Seen(List.of(campaign));
    try (OperationsDatabase database = open(engine)) {
      run(database, Kind.RECONCILIATION, false);
      assertThat(names).containsEntry("customerio", List.of(campaign));
      listing.names = new ProviderHistory.Naming.Failed("no scope for it");
      assertThat(run(database, Kind.RECONCILIATION, false).state()).isEqualTo(State.DONE);
      assertThat(new FigureQueries(database).days("customerio", DAY, TODAY))
          .extracting(Figures.Day::missing)
          .containsExactly(0L, 1L, 0L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSecondReconciliationChangesNothing(TestDatabase engine) throws Exception {
    allCameBut("d3 delivered");
    try (OperationsDatabase database = open(engine)) {
      FigureQueries figures = new FigureQueries(database);
      run(database, Kind.RECONCILIATION, false);
      Figures.Report first = figures.report("customerio", DAY, TODAY);
      run(database, Kind.RECONCILIATION, false);
      Figures.Report second = figures.report("customerio", DAY, TODAY);
      assertThat(second.counts().rows()).containsExactlyInAnyOrderElementsOf(first.counts().rows());
      assertThat(second.reasons().rows())
          .containsExactlyInAnyOrderElementsOf(first.reasons().rows());
      assertThat(second.days().rows()).extracting(Figures.Day::missing).containsExactly(0L, 1L, 0L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void ofManyCampaignsTheProviderIsAskedForTheBusiestAndTheJobSaysSo(TestDatabase engine)
      throws Exception {
    allCameBut();
    held.campaigns = ActiveParents.MOST_ASKED + 30;
    try (OperationsDatabase database = open(engine)) {
      assertThat(run(database, Kind.RECONCILIATION, false).note())
          .contains("the 200 campaigns and the like with the most messages, of 230");
      assertThat(listing.asked)
          .hasSize(ActiveParents.MOST_ASKED)
          .startsWith(new Parent("campaign", held.campaigns))
          .doesNotContain(new Parent("campaign", 30));
      held.campaigns = ActiveParents.MOST_ASKED;
      assertThat(run(database, Kind.RECONCILIATION, false).note()).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aListThatBreaksOffChangesNoFigure(TestDatabase engine) throws Exception {
    allCameBut("d3 delivered");
    try (OperationsDatabase database = open(engine)) {
      run(database, Kind.RECONCILIATION, false);
      now.set(now.get().plusSeconds(60));
      listing.messages.clear();
      listing.breaksWith = "the list of messages gave a cursor twice, after 3 pages";
      HistoryJob failed = run(database, Kind.RECONCILIATION, false);
      assertThat(failed.state()).isEqualTo(State.FAILED);
      assertThat(failed.failure()).contains("gave a cursor twice");
      assertThat(gauge(database, "hooklake.completeness.missing")).isEqualTo(1);
      assertThat(gauge(database, "hooklake.completeness.ratio")).isEqualTo(39.0 / 40);
      assertThat(gauge(database, "hooklake.completeness.age.seconds")).isEqualTo(60);
      assertThat(gauge(database, "hooklake.completeness.failed")).isEqualTo(1);
      assertThat(new FigureQueries(database).days("customerio", DAY, TODAY))
          .extracting(Figures.Day::expected)
          .containsExactly(0L, 20L, 20L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBackfillThatWasKilledGoesOn(TestDatabase engine) throws Exception {
    allCameBut("d3 delivered", "d4 sent");
    try (OperationsDatabase database = open(engine)) {
      HistoryJob halfway = HistoryJobTest.halfway(Kind.BACKFILL, now.get());
      new HistoryJobRows(database).store(halfway);
      HistoryJob done = takenUp(database, "job-1");
      assertThat(done.state()).isEqualTo(State.DONE);
      // The newer day, on which d3 was lost, was done; filled counts both lives.
      assertThat(done.progress().filled()).isEqualTo(2);
      assertThat(journal.events.getLast().eventKey()).isEqualTo("backfill:d4:sent");
    }
  }

  /// It has fetched what was missing; what it lacks is the figure.
  @ParameterizedTest
  @EnumSource
  void aBackfillThatWasKilledWhileItCheckedOnlyChecks(TestDatabase engine) throws Exception {
    allCameBut("d3 delivered");
    try (OperationsDatabase database = open(engine)) {
      HistoryJob checking = HistoryJobTest.halfway(Kind.BACKFILL, now.get()).fetched();
      new HistoryJobRows(database).store(checking);
      HistoryJob done = takenUp(database, "job-1");
      assertThat(done.state()).isEqualTo(State.DONE);
      assertThat(done.progress().filled()).isEqualTo(1);
      assertThat(done.progress().missing()).isEqualTo(1);
      assertThat(done.share()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatCameWhileAKilledReconciliationLayIsNotListedAsMissing(TestDatabase engine)
      throws Exception {
    allCameBut("d3 delivered", "d4 sent");
    try (OperationsDatabase database = open(engine)) {
      HistoryJob halfway = HistoryJobTest.halfway(Kind.RECONCILIATION, now.get());
      new HistoryJobRows(database).store(halfway);
      Listing.Message since = listing.messages.get(4);
      var gap = new Comparison.Gap(since.facts().getFirst(), Reason.UNEXPLAINED);
      var seen = new Comparison.Compared(since, List.of(), List.of(gap));
      database.change(handle -> new FigureRows(handle, halfway).list(List.of(seen), 10));
      journal.events.add(since.webhook(gap.fact()));

      assertThat(takenUp(database, "job-1").progress().missing()).isEqualTo(1);
      var figures = new FigureQueries(database);
      assertThat(figures.missing("customerio", DAY, TODAY, new FigureQueries.Page(0, 10)))
          .extracting(event -> event.deliveryId() + " " + event.metric())
          .containsExactly("d3 delivered");
    }
  }

  private HistoryJob takenUp(OperationsDatabase database, String id) throws InterruptedException {
    try (HistoryJobs jobs = start(database, 0, null)) {
      return awaitEnd(jobs, id);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFullJournalEndsABackfillWithWhatToDo(TestDatabase engine) throws Exception {
    allCameBut("d3 delivered", "d4 sent");
    journal.room = journal.events.size() + 1;
    try (OperationsDatabase database = open(engine)) {
      HistoryJob failed = run(database, Kind.BACKFILL, false);
      assertThat(failed.failure()).contains("the journal is full", "ask for the backfill again");
      journal.room = Integer.MAX_VALUE;
      assertThat(run(database, Kind.BACKFILL, false).progress().filled()).isEqualTo(1);
      assertThat(journal.events).hasSize(40);
    }
  }

  @ParameterizedTest
  @EnumSource
  void daysTheListDoesNotReachGetNoFigure(TestDatabase engine) throws Exception {
    allCameBut();
    listing.reach = DAY.plusDays(1);
    try (OperationsDatabase database = open(engine)) {
      HistoryJob job = run(database, Kind.RECONCILIATION, false);
      assertThat(job.note()).contains("reaches back to " + DAY.plusDays(1));
      assertThat(new FigureQueries(database).days("customerio", DAY, TODAY))
          .extracting(Figures.Day::day)
          .containsExactly(TODAY, DAY.plusDays(1));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theNightlyOneRunsOnceANightAndMakesUpForAMissedOne(TestDatabase engine) throws Exception {
    allCameBut();
    try (OperationsDatabase database = open(engine);
        HistoryJobs jobs = start(database, 2, LocalTime.of(3, 15))) {
      HistoryJob first = awaitEnd(jobs, awaitNightly(jobs, 1).id());
      assertThat(first.days())
          .isEqualTo(new HeldEvents.Days(TODAY.minusDays(2), TODAY.minusDays(1)));
      now.set(Instant.parse("2026-09-21T03:14:59Z"));
      awaitEnd(jobs, ask(jobs, Kind.RECONCILIATION, false).id());
      assertThat(nightly(jobs)).hasSize(1);
      now.set(Instant.parse("2026-09-21T03:15:00Z"));
      awaitEnd(jobs, awaitNightly(jobs, 2).id());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFullQueueStillRunsWhenTheNightComes(TestDatabase engine) throws Exception {
    allCameBut();
    try (OperationsDatabase database = open(engine);
        HistoryJobs jobs = startWith(twentyJobs(), database)) {
      awaitEnd(jobs, awaitNightly(jobs, 1).id());
      for (int i = 0; i < 20; i++) {
        assertThat(awaitEnd(jobs, "job-" + i).state()).isEqualTo(State.DONE);
      }
    }
  }

  private List<HistoryJob> twentyJobs() {
    return IntStream.range(0, 20)
        .mapToObj(i -> {
          LocalDate day = DAY.minusDays(i);
          var wish = new Wish(Kind.RECONCILIATION, "customerio", day, day, false, "person");
          return wish.job("job-" + i, new HeldEvents.Days(day, day), now.get());
        })
        .toList();
  }

  private HistoryJobs startWith(List<HistoryJob> waiting, OperationsDatabase database) {
    waiting.forEach(new HistoryJobRows(database)::store);
    return start(database, 2, LocalTime.of(3, 15));
  }

  @ParameterizedTest
  @EnumSource
  void wrongWishesAreToldWhatToGive(TestDatabase engine) throws Exception {
    try (OperationsDatabase database = open(engine);
        HistoryJobs jobs = start(database, 0, null)) {
      var unknown = new Wish(Kind.BACKFILL, "nobody", DAY, TODAY, false, "person");
      assertThatThrownBy(() -> jobs.ask(unknown)).hasMessageContaining("customerio");
      var turned = new Wish(Kind.BACKFILL, "customerio", TODAY, DAY, false, "person");
      assertThatThrownBy(() -> jobs.ask(turned)).hasMessageContaining("is after");
      var tooLong = new Wish(Kind.BACKFILL, "customerio", DAY.minusYears(3), DAY, false, "person");
      assertThatThrownBy(() -> jobs.ask(tooLong)).hasMessageContaining("400 days");
    }
  }

  @ParameterizedTest
  @EnumSource
  void howTheWebhookWasSetIsRememberedWhenItChanges(TestDatabase engine) {
    try (OperationsDatabase database = open(engine)) {
      var observations = new Observations(database);
      var on = new Subscription(7, false, true, Set.of("email_sent", "email_opened"));
      var off = new Subscription(7, true, true, Set.of("email_sent", "email_opened"));
      assertThat(observations.note("customerio", Subscription.UNKNOWN, now.get())).isEmpty();
      observations.note("customerio", on, now.get());
      observations.note("customerio", on, now.get().plusSeconds(1));
      assertThat(observations.note("customerio", off, now.get().plusSeconds(2)))
          .extracting(Explanations.Observation::subscription)
          .containsExactly(on, off);
    }
  }

  private double gauge(OperationsDatabase database, String name) {
    var registry = new SimpleMeterRegistry();
    InstantSource clock = now::get;
    HistoryMeters.register(registry, new FigureQueries(database), List.of("customerio"), clock);
    return registry.get(name).tag("source", "customerio").gauge().value();
  }

  private OperationsDatabase open(TestDatabase engine) {
    return OperationsDatabase.open(engine.empty(folder));
  }

  private HistoryJobs start(OperationsDatabase database, int nightlyDays, LocalTime nightlyAt) {
    var settings = new HistorySettings(7, Duration.ofHours(1), nightlyAt, nightlyDays);
    InstantSource clock = now::get;
    return HistoryJobs.start(
        new HistoryJobs.Parts(
            new HistoryRun.Ground(
                new OwnEvents(journal, new SimpleMeterRegistry()),
                database,
                names::put,
                ExportFolder.in(folder),
                settings,
                clock),
            List.of(new CheckedSource("customerio", listing)),
            _ -> held),
        new CountDownLatch(1));
  }

  private HistoryJob run(OperationsDatabase database, Kind kind, boolean dryRun)
      throws InterruptedException {
    try (HistoryJobs jobs = start(database, 0, null)) {
      return awaitEnd(jobs, ask(jobs, kind, dryRun).id());
    }
  }

  private static HistoryJob ask(HistoryJobs jobs, Kind kind, boolean dryRun) {
    return jobs.ask(new Wish(kind, "customerio", DAY, TODAY, dryRun, "person"));
  }

  private static List<HistoryJob> nightly(HistoryJobs jobs) {
    return jobs.newest(100).stream().filter(job -> job.askedBy().equals("nightly")).toList();
  }

  private static HistoryJob awaitNightly(HistoryJobs jobs, int count) throws InterruptedException {
    await(() -> nightly(jobs).size() >= count);
    return nightly(jobs).getFirst();
  }

  private static HistoryJob awaitEnd(HistoryJobs jobs, String id) throws InterruptedException {
    await(() -> jobs.find(id).orElseThrow().ended());
    return jobs.find(id).orElseThrow();
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) throws InterruptedException {
    Instant latest = Instant.now().plus(PATIENCE);
    while (!condition.holds()) {
      assertThat(Instant.now()).isBefore(latest);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
