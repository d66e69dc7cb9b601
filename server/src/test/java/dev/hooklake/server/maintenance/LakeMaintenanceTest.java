package dev.hooklake.server.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.lake.Lake;
import dev.hooklake.lake.MaintenanceSettings;
import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.fake.SmallLake;
import dev.hooklake.server.maintenance.MaintenanceProgress.State;
import dev.hooklake.sources.event.Tables;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeMaintenanceTest {
  private static final MaintenancePacing OFTEN =
      new MaintenancePacing(Duration.ofMillis(20), Duration.ofHours(6));

  @TempDir Path directory;
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicBoolean behind = new AtomicBoolean();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private SmallLake files;

  @BeforeEach
  void smallFiles() throws Exception {
    files = new SmallLake(directory.resolve("lake"));
    files.commit(6);
  }

  @Test
  void aServersTablesAreKeptInShapeByThemselves() throws Exception {
    try (Lake lake = files.open();
        LakeMaintenance maintenance = start(lake)) {
      await(() -> maintenance.totals().compactedFiles() == 6);
      await(() -> maintenance.progress().lastRoundAt() != null);

      assertThat(maintenance.progress().failedRounds()).isZero();
      assertThat(MaintenanceState.of(maintenance).lastError()).isNull();
    }
    assertThat(files.files(Tables.LANDING)).isEqualTo(1);
    assertThat(registry.get("hooklake.maintenance.compacted.files").counter().count()).isEqualTo(6);
  }

  @Test
  void whileTheLakeLagsItStandsBack() throws Exception {
    behind.set(true);
    try (Lake lake = files.open();
        LakeMaintenance maintenance = start(lake)) {
      await(() -> maintenance.progress().state() == State.YIELDING);
    }
    assertThat(files.files(Tables.LANDING)).isEqualTo(6);
  }

  @Test
  void aLakeThatLagsForHoursGetsARoundAllTheSame() throws Exception {
    behind.set(true);
    var clock = new ManualClock();
    clock.advance(Duration.between(clock.instant(), SmallLake.LATER.instant()));
    try (Lake lake = files.open();
        LakeMaintenance maintenance =
            LakeMaintenance.start(
                parts(lake, new Load(accepted::get, behind::get), clock),
                new MaintenancePacing(Duration.ofMillis(500), Duration.ofHours(6)))) {
      clock.advance(MaintenancePacing.LONGEST_WITHOUT_ROUND);
      await(() -> maintenance.progress().lastRoundAt() != null);
      assertThat(maintenance.totals().compactedFiles()).isEqualTo(6);

      await(() -> maintenance.progress().state() == State.YIELDING);
    }
  }

  @Test
  void itStandsBackForHoursAndOnlyFromALakeThatLags() {
    Duration longest = MaintenancePacing.LONGEST_WITHOUT_ROUND;
    assertThat(OFTEN.standsBack(true, Duration.ZERO)).isTrue();
    assertThat(OFTEN.standsBack(true, longest.minusMillis(1))).isTrue();
    assertThat(OFTEN.standsBack(true, longest)).isFalse();
    assertThat(OFTEN.standsBack(false, Duration.ZERO)).isFalse();
    assertThat(OFTEN.standsBack(true, Duration.ofDays(-1))).as("the clock was set back").isTrue();
  }

  @Test
  void whileEventsArriveItRestsAfterEachStepAndAClosingServerNeedNotWaitForThat() throws Exception {
    LakeMaintenance maintenance;
    try (Lake lake = files.open()) {
      maintenance =
          LakeMaintenance.start(
              parts(lake, new Load(() -> accepted.addAndGet(1_000_000), behind::get)), OFTEN);
      await(() -> maintenance.progress().state() == State.RESTING);
      maintenance.close();
    }
    assertThat(maintenance.progress().state()).isEqualTo(State.CLOSED);
  }

  @Test
  void aTableThatCannotBeReadIsShownAndTheOthersAreTended() throws Exception {
    Path log = directory.resolve("lake/quarantine/_delta_log");
    Files.createDirectories(log);
    Files.writeString(log.resolve("%020d.json".formatted(0)), "this is no commit\n");

    try (Lake lake = files.open();
        LakeMaintenance maintenance = start(lake)) {
      await(() -> maintenance.progress().state() == State.BACKING_OFF);

      assertThat(maintenance.progress().lastError()).startsWith("quarantine: ");
      assertThat(maintenance.progress().failedRounds()).isEqualTo(1);
      assertThat(maintenance.progress().nextRoundAt())
          .isAfter(SmallLake.LATER.instant().plusSeconds(20));
    }
    assertThat(files.files(Tables.LANDING)).isEqualTo(1);
  }

  @Test
  void theRestIsInProportionAndBounded() {
    assertThat(OFTEN.rest(Duration.ofSeconds(2), 10_000)).isEqualTo(Duration.ofSeconds(14));
    assertThat(OFTEN.rest(Duration.ofSeconds(2), 20)).isZero();
    assertThat(OFTEN.rest(Duration.ofMinutes(5), 1_000_000)).isEqualTo(Duration.ofMinutes(2));
    assertThat(OFTEN.rest(Duration.ofSeconds(-1), 1_000)).as("the clock was set back").isZero();
  }

  private LakeMaintenance start(Lake lake) {
    return LakeMaintenance.start(parts(lake, new Load(accepted::get, behind::get)), OFTEN);
  }

  private LakeMaintenance.Parts parts(Lake lake, Load load) {
    return parts(lake, load, SmallLake.LATER);
  }

  private LakeMaintenance.Parts parts(Lake lake, Load load, InstantSource clock) {
    return new LakeMaintenance.Parts(
        lake.maintenance(MaintenanceSettings.usual(directory.resolve("scratch"))),
        List.of(Tables.QUARANTINE, Tables.LANDING),
        load,
        registry,
        clock);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    var never = new CountDownLatch(1);
    Instant deadline = Instant.now().plusSeconds(60);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("waited for a minute").isBefore(deadline);
      assertThat(never.await(10, TimeUnit.MILLISECONDS)).isFalse();
    }
  }
}
