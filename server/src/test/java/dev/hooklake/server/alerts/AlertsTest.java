package dev.hooklake.server.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.server.alerts.Measurements.Space;
import dev.hooklake.server.alerts.channel.Notice;
import dev.hooklake.server.alerts.channel.Notice.State;
import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.server.reconciliation.FigureQueries;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Alerts on either engine, on a clock that is stepped.
@ParameterizedClass
@EnumSource(TestDatabase.class)
final class AlertsTest {
  private static final Map<TestDatabase, OperationsDatabase> OPEN =
      new EnumMap<>(TestDatabase.class);
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  @Parameter private TestDatabase engine;
  @TempDir private static Path directory;
  private final UUID journal = UUID.randomUUID();
  private final ManualClock clock = new ManualClock();
  private final RecordedChannel channel = new RecordedChannel("recorded");
  private final RecordedChannel other = new RecordedChannel("other");
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private OperationsDatabase database;
  private Alerts alerts;

  @BeforeEach
  void open() {
    database = OPEN.computeIfAbsent(engine, one -> OperationsDatabase.open(one.empty(directory)));
    database.change(handle -> handle.execute("DELETE FROM alert_silences"));
    alerts = alerts(journal, Set.of());
  }

  @AfterAll
  static void close() {
    OPEN.values().forEach(OperationsDatabase::close);
    OPEN.clear();
  }

  @Test
  void eachRuleFiresOnceAndResolves() throws Exception {
    for (RuleName rule : RuleName.values()) {
      alerts = alerts(UUID.randomUUID(), Set.of());
      firesOnceAndResolves(rule);
    }
  }

  private void firesOnceAndResolves(RuleName rule) throws InterruptedException {
    look(alerts, Readings.healthy(clock.instant()));
    assertThat(alerts.firing()).isEmpty();

    Instant began = step(A_MINUTE);
    look(alerts, Readings.amiss(rule, clock.instant()));
    step(A_MINUTE);
    look(alerts, Readings.amiss(rule, clock.instant()));

    assertThat(alerts.firing().stream().filter(alert -> alert.rule() == rule))
        .as(rule.label())
        .singleElement()
        .satisfies(alert -> {
          assertThat(alert.startedAt()).isEqualTo(began);
          assertThat(alert.lastSeenAt()).isEqualTo(clock.instant());
        });

    step(AlertStore.CALM.minusSeconds(1));
    look(alerts, Readings.healthy(clock.instant()));
    assertThat(alerts.firing()).extracting(Alert::rule).contains(rule);

    Instant ended = step(Duration.ofSeconds(1));
    look(alerts, Readings.healthy(clock.instant()));
    assertThat(alerts.firing()).isEmpty();
    assertThat(alerts.recent(100).stream().filter(alert -> alert.rule() == rule))
        .singleElement()
        .satisfies(alert -> assertThat(alert.resolvedAt()).isEqualTo(ended));
    assertThat(channel.states(rule)).contains(State.FIRING, State.RESOLVED);
  }

  @Test
  void eachDayThatIsNotCompleteFiresUntilItIsHealed() throws Exception {
    var figures = new FigureQueries(database);
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    checked(today.minusDays(1), 995, 5);
    checked(today.minusDays(2), 9_990, 10);
    checked(today.minusDays(3), 900, 100);
    checked(today.minusDays(31), 0, 1_000);

    look(alerts, completeness(figures));

    assertThat(alerts.firing())
        .extracting(alert -> alert.subject() + " " + alert.severity())
        .containsExactlyInAnyOrder(
            "customerio " + today.minusDays(1) + " WARNING",
            "customerio " + today.minusDays(3) + " CRITICAL");
    assertThat(channel.notices())
        .extracting(Notice::summary)
        .contains(
            "5 of 1000 events of customerio that happened on %s never arrived: 0.50 %%"
                .formatted(today.minusDays(1)));

    checked(today.minusDays(1), 1_000, 0);
    step(AlertStore.CALM);
    look(alerts, completeness(figures));

    assertThat(alerts.firing())
        .extracting(Alert::subject)
        .containsExactly("customerio " + today.minusDays(3));
    assertThat(channel.states(RuleName.COMPLETENESS)).contains(State.RESOLVED);
  }

  private Measurements completeness(FigureQueries figures) {
    return Readings.withChecked(
        Readings.healthy(clock.instant()),
        figures.since(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(30)));
  }

  private void checked(LocalDate day, long matched, long missing) {
    database.change(handle -> {
      handle.execute("DELETE FROM completeness_days WHERE day = ?", day.toEpochDay());
      handle.execute(
          "INSERT INTO completeness_days VALUES ('customerio', ?, ?, ?, ?, 0, 'job', 0)",
          day.toEpochDay(),
          matched + missing,
          matched,
          missing);
    });
  }

  @Test
  void aGaugeCountsWhatFires() throws Exception {
    journalUsed(6);

    assertThat(
            registry
                .get("hooklake.alerts.firing")
                .tags("rule", "journal-space", "severity", "warning")
                .gauge()
                .value())
        .isEqualTo(1);
  }

  @Test
  void whatCannotBeMeasuredStaysAsItIs() throws Exception {
    look(alerts, Readings.amiss(RuleName.MISSING_EVENTS, clock.instant()));
    step(Duration.ofHours(1));

    look(alerts, Readings.unmeasured(clock.instant()));

    assertThat(alerts.firing()).extracting(Alert::rule).containsExactly(RuleName.MISSING_EVENTS);
  }

  @Test
  void whatBecomesWorseIsToldAnew() throws Exception {
    journalUsed(6);
    journalUsed(7);
    journalUsed(9);
    journalUsed(8);
    journalUsed(6);
    journalUsed(9);

    assertThat(channel.notices())
        .extracting(Notice::severity)
        .containsExactly("warning", "critical");
    assertThat(alerts.firing()).hasSize(1);
  }

  @Test
  void aSilencedAlertIsKeptAndToldWhenTheSilenceEnds() throws Exception {
    alerts.silence("journal-space", "", Duration.ofHours(1), "moving it", "ana@example.com");
    journalUsed(6);
    assertThat(alerts.firing()).hasSize(1);
    assertThat(channel.notices()).isEmpty();
    assertThat(alerts.silences()).extracting(Silence::reason).containsExactly("moving it");

    step(Duration.ofHours(1));
    journalUsed(6);

    assertThat(alerts.silences()).isEmpty();
    assertThat(channel.notices()).extracting(Notice::state).containsExactly(State.FIRING);
  }

  @Test
  void anAlertThatWasSilencedToItsEndIsNeverTold() throws Exception {
    Silence silence = alerts.silence("", "journal", Duration.ofHours(1), "", "ana@example.com");
    journalUsed(6);
    step(AlertStore.CALM);
    look(alerts, Readings.healthy(clock.instant()));

    assertThat(alerts.recent(10)).extracting(Alert::firing).containsExactly(false);
    assertThat(alerts.endSilence(silence.id())).isTrue();
    assertThat(alerts.endSilence(silence.id())).isFalse();
    look(alerts, Readings.healthy(clock.instant()));
    assertThat(channel.notices()).isEmpty();
  }

  @Test
  void whatIsOverIsToldOnlyWhereItWasTold() throws Exception {
    channel.fails = true;
    journalUsed(6);
    channel.fails = false;
    becomesHealthy();
    step(Duration.ofHours(2));
    look(alerts, Readings.healthy(clock.instant()));

    assertThat(channel.notices()).isEmpty();
    assertThat(other.notices())
        .extracting(Notice::state)
        .containsExactly(State.FIRING, State.RESOLVED);
  }

  @Test
  void whatMayHaveBeenToldBeforeACrashIsToldToBeOver() throws Exception {
    channel.crashes = true;
    assertThatThrownBy(() -> evaluate(6)).hasMessageContaining("the server ends");
    channel.crashes = false;
    alerts = alerts(journal, Set.of());
    becomesHealthy();

    assertThat(channel.notices())
        .extracting(Notice::state)
        .containsExactly(State.FIRING, State.RESOLVED);
  }

  @Test
  void theEndOfWhatWasToldIsToldWhenALaterSilenceEnds() throws Exception {
    journalUsed(6);
    alerts.silence("", "journal", Duration.ofHours(1), "", "ana@example.com");
    becomesHealthy();
    assertThat(alerts.recent(10)).extracting(Alert::firing).containsExactly(false);
    assertThat(channel.notices()).extracting(Notice::state).containsExactly(State.FIRING);

    step(Duration.ofHours(1).minus(AlertStore.CALM));
    look(alerts, Readings.healthy(clock.instant()));
    assertThat(channel.notices())
        .extracting(Notice::state)
        .containsExactly(State.FIRING, State.RESOLVED);
  }

  private void becomesHealthy() throws InterruptedException {
    step(AlertStore.CALM);
    look(alerts, Readings.healthy(clock.instant()));
  }

  @Test
  void aSilenceThatCannotBeMeantIsRefused() {
    assertThatThrownBy(() -> alerts.silence("no-rule", "", Duration.ofHours(1), "", "ana"))
        .hasMessageContaining("missing-events");
    assertThatThrownBy(() -> alerts.silence("", "", Duration.ZERO, "", "ana"))
        .hasMessageContaining("366 days");
  }

  @Test
  void aNoticeThatIsNotTakenIsSentAgainUnderTheSameId() throws Exception {
    channel.fails = true;
    evaluate(6);
    assertThat(channel.notices()).isEmpty();

    channel.fails = false;
    step(A_MINUTE.minusSeconds(1));
    evaluate(6);
    assertThat(channel.notices()).as("before the next attempt is due").isEmpty();
    step(Duration.ofSeconds(1));
    evaluate(6);

    assertThat(channel.attempts()).hasSize(2);
    assertThat(channel.attempts().stream().map(Notice::id).distinct()).hasSize(1);
    assertThat(channel.notices()).hasSize(1);
  }

  @Test
  void aChannelThatNeverTakesANoticeIsGivenUp() throws Exception {
    channel.fails = true;
    for (int i = 0; i < Notifier.MOST_ATTEMPTS + 5; i++) {
      evaluate(6);
      step(Duration.ofHours(1));
    }

    assertThat(channel.attempts()).hasSize(Notifier.MOST_ATTEMPTS);
    assertThat(
            registry
                .get("hooklake.alerts.notices")
                .tags("channel", "recorded", "outcome", "given_up")
                .counter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void serversThatShareADatabaseKeepTheirOwnAlerts() throws Exception {
    Alerts another = alerts(UUID.randomUUID(), Set.of());
    journalUsed(6);
    look(another, Readings.healthy(clock.instant()));

    assertThat(alerts.firing()).hasSize(1);
    assertThat(another.firing()).isEmpty();
  }

  @Test
  void aRuleThatIsSwitchedOffResolvesWhatItFoundBefore() throws Exception {
    journalUsed(6);
    step(AlertStore.CALM);
    Alerts restarted = alerts(journal, Set.of(RuleName.JOURNAL_SPACE));
    look(restarted, Readings.with(Readings.healthy(clock.instant()), new Space("journal", 6, 10)));

    assertThat(restarted.firing()).isEmpty();
    assertThat(restarted.rules()).doesNotContain(RuleName.JOURNAL_SPACE);
  }

  @Test
  void whatIsLongOverIsForgotten() throws Exception {
    journalUsed(6);
    step(AlertStore.CALM);
    look(alerts, Readings.healthy(clock.instant()));
    step(AlertStore.KEPT.plusSeconds(1));
    look(alerts, Readings.healthy(clock.instant()));

    assertThat(alerts.recent(10)).isEmpty();
    long notices =
        database.read(handle ->
            handle
                .createQuery("SELECT COUNT(*) FROM alert_notices WHERE journal_id = :journal")
                .bind("journal", journal.toString())
                .mapTo(long.class)
                .one());
    assertThat(notices).isZero();
  }

  private void journalUsed(int tenths) throws InterruptedException {
    evaluate(tenths);
    step(A_MINUTE);
  }

  private void evaluate(int tenthsOfTheJournal) throws InterruptedException {
    look(
        alerts,
        Readings.with(
            Readings.healthy(clock.instant()), new Space("journal", tenthsOfTheJournal, 10)));
  }

  /// Evaluates and tells, as the server's threads do in turn.
  private static void look(Alerts alerts, Measurements measurements) throws InterruptedException {
    alerts.evaluate(measurements);
    for (String channel : alerts.channels()) {
      alerts.tell(channel, () -> true);
    }
  }

  private Instant step(Duration duration) {
    clock.advance(duration);
    return clock.instant();
  }

  private Alerts alerts(UUID journal, Set<RuleName> off) {
    return new Alerts(
        new Alerts.Parts(database, journal, registry, clock),
        new AlertSettings(
            A_MINUTE, ZoneOffset.UTC, off, AlertLimits.DEFAULT, List.of(channel, other)));
  }
}
