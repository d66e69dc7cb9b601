package dev.hooklake.server.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class TokenBucketTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private Instant now = NOON;
  private final TokenBucket bucket =
      new TokenBucket(new RateLimit(60, Duration.ofMinutes(1)), () -> now);

  @Test
  void aPeriodsWorthMayComeAtOnceAndNoMore() {
    assertThat(taken(100, NOON)).isEqualTo(60);
  }

  @Test
  void tokensComeBackEvenly() {
    taken(60, NOON);

    assertThat(takenAt(NOON.plusMillis(999))).isFalse();
    assertThat(taken(10, NOON.plusMillis(3_500))).isEqualTo(3);
  }

  @Test
  void aQuietHourSavesUpNoMoreThanOnePeriod() {
    assertThat(taken(100, NOON.plusSeconds(3_600))).isEqualTo(60);
  }

  @Test
  void aClockSetBackGivesNothingAndTakesNothing() {
    taken(59, NOON);

    assertThat(takenAt(NOON.minusSeconds(3_600))).isTrue();
    assertThat(takenAt(NOON.minusSeconds(3_600))).isFalse();
    assertThat(takenAt(NOON.minusSeconds(3_598))).isTrue();
  }

  private int taken(int tries, Instant at) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      taken += takenAt(at) ? 1 : 0;
    }
    return taken;
  }

  private boolean takenAt(Instant at) {
    now = at;
    return bucket.take();
  }
}
