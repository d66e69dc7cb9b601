package dev.hooklake.server.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.fake.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ArrivalsTest {
  private final ManualClock clock = new ManualClock();
  private final Arrivals arrivals = new Arrivals();
  private long last;

  @Test
  void aConsumerThatMovesTooSlowlyIsLater() {
    long position = 0;
    for (int minute = 0; minute < 120; minute++) {
      journalGrowsBy(100);
      position += 50;
    }

    // It stands at what came in the first hour.
    assertThat(waiting(position)).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(60));
  }

  @Test
  void aConsumerThatStandsStillIsLaterAlsoWhenNothingMoreComes() {
    journalGrowsBy(1);
    for (int minute = 0; minute < 90; minute++) {
      journalGrowsBy(0);
    }

    assertThat(waiting(0)).isEqualTo(Duration.ofMinutes(90));
    assertThat(waiting(last)).isZero();
  }

  @Test
  void looksThatFollowFastAreNotAllRemembered() {
    for (int look = 0; look < 100_000; look++) {
      last++;
      clock.advance(Duration.ofSeconds(1));
      arrivals.note(last, clock.instant());
    }

    assertThat(waiting(0)).isEqualTo(Duration.ofSeconds(99_999));
    assertThat(waiting(50_000)).isBetween(Duration.ofSeconds(49_939), Duration.ofSeconds(50_000));
  }

  @Test
  void noMoreThanTwoDaysAreRemembered() {
    for (int minute = 0; minute < 5_000; minute++) {
      journalGrowsBy(1);
    }

    assertThat(waiting(0)).isEqualTo(Duration.ofDays(2).minusMinutes(1));
  }

  private void journalGrowsBy(int records) {
    clock.advance(Duration.ofMinutes(1));
    last += records;
    arrivals.note(last, clock.instant());
  }

  private Duration waiting(long position) {
    return arrivals.waiting(position, clock.instant());
  }
}
