package dev.hooklake.server.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.alerts.channel.Channel;
import dev.hooklake.server.alerts.channel.Notice;
import dev.hooklake.server.alerts.channel.Notice.State;
import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Channels are told beside evaluations and beside each other.
final class TellingTest {
  private static final Duration OFTEN = Duration.ofMillis(10);

  @TempDir private Path folder;
  private final UUID journal = UUID.randomUUID();
  private final ManualClock clock = new ManualClock();
  private final RecordedChannel channel = new RecordedChannel("recorded");
  private final RecordedChannel other = new RecordedChannel("other");
  private OperationsDatabase database;

  @BeforeEach
  void open() throws Exception {
    database = OperationsDatabase.open(TestDatabase.SQLITE.empty(folder));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aChannelThatHangsDelaysNeitherAnotherNorAnEvaluation() throws Exception {
    var hanging = new CountDownLatch(1);
    var told = new CountDownLatch(1);
    channel.whileSending = () -> await(hanging);
    other.whileSending = told::countDown;
    Alerts alerts = alerts(channel, other);
    alerts.evaluate(Readings.amiss(RuleName.DISK_SPACE, clock.instant()));
    try (TellingThreads _ = TellingThreads.start(alerts, OFTEN)) {
      await(told);
      alerts.evaluate(Readings.amiss(RuleName.JOURNAL_SPACE, clock.instant()));
      assertThat(alerts.firing()).hasSize(2);
      assertThat(channel.notices()).isEmpty();
      hanging.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatEndsWhileItsNoticeWaitsBehindAnotherIsNotToldAnyMore() throws Exception {
    Alerts alerts = alerts(channel);
    alerts.evaluate(Readings.amiss(RuleName.DISK_SPACE, clock.instant()));
    alerts.evaluate(Readings.amiss(RuleName.JOURNAL_SPACE, clock.instant()));
    channel.whileSending =
        () -> {
          clock.advance(AlertStore.CALM);
          alerts.evaluate(Readings.healthy(clock.instant()));
        };

    alerts.tell(channel.name(), () -> true);
    assertThat(channel.notices()).as("the one that had begun").hasSize(1);

    alerts.tell(channel.name(), () -> true);
    assertThat(channel.notices())
        .extracting(Notice::state)
        .containsExactly(State.FIRING, State.RESOLVED);
  }

  @Test
  void whatAChannelThatIsGoneWasToTellIsGivenUp() throws Exception {
    alerts(channel, other).evaluate(Readings.amiss(RuleName.DISK_SPACE, clock.instant()));

    alerts(other).evaluate(Readings.amiss(RuleName.DISK_SPACE, clock.instant()));
    Alerts both = alerts(channel, other);
    both.tell(channel.name(), () -> true);
    both.tell(other.name(), () -> true);

    assertThat(channel.attempts()).isEmpty();
    assertThat(other.notices()).hasSize(1);
  }

  private Alerts alerts(Channel... channels) {
    return new Alerts(
        new Alerts.Parts(database, journal, new SimpleMeterRegistry(), clock),
        new AlertSettings(
            Duration.ofMinutes(1),
            ZoneOffset.UTC,
            Set.of(),
            AlertLimits.DEFAULT,
            List.of(channels)));
  }
}
