package dev.hooklake.server.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
  private final LatencyHistogram histogram = new LatencyHistogram();

  @Test
  void percentilesOfAnEvenSpreadAreWithinABucketOfTheTruth() {
    for (long micros = 1; micros <= 1_000_000; micros += 7) {
      histogram.record(micros);
    }
    assertThat(histogram.percentileMicros(0.5)).isCloseTo(500_000L, withinPercentage(4));
    assertThat(histogram.percentileMicros(0.99)).isCloseTo(990_000L, withinPercentage(4));
  }

  @Test
  void oneSlowAnswerInAHundredShowsOnlyAboveP99() {
    for (int i = 0; i < 99; i++) {
      histogram.record(10);
    }
    histogram.record(4_000_000);
    assertThat(histogram.percentileMicros(0.99)).isEqualTo(10);
    assertThat(histogram.percentileMicros(1)).isCloseTo(4_000_000L, withinPercentage(4));
  }

  @Test
  void withoutRecordsItSaysZero() {
    assertThat(histogram.percentileMicros(0.5)).isZero();
  }

  @Test
  void aDurationLongerThanADayStillCounts() {
    histogram.record(Long.MAX_VALUE);
    assertThat(histogram.percentileMicros(1)).isGreaterThan(86_400_000_000L);
  }
}
