package dev.hooklake.server.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.alerts.Measurements.SourceTraffic;
import dev.hooklake.server.alerts.Measurements.Window;
import dev.hooklake.server.fake.ManualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TrafficWindowTest {
  private final ManualClock clock = new ManualClock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final TrafficWindow traffic = new TrafficWindow(registry, clock.instant());

  @Test
  void onlyTheLastQuarterOfAnHourCounts() {
    received(100);
    rejected("signature_wrong", 7);
    rejected("journal_full", 3);
    rejected("body_too_large", 1);
    assertThat(step().sources()).containsExactly(new SourceTraffic("a", 100, 7, 3));

    for (int minute = 0; minute < 14; minute++) {
      assertThat(step().whole()).isEqualTo(minute >= 13);
    }
    received(5);

    Window later = step();
    assertThat(later.whole()).isTrue();
    assertThat(later.sources()).containsExactly(new SourceTraffic("a", 5, 0, 0));
  }

  @Test
  void theLastEventIsWhenACounterMovedLast() {
    assertThat(traffic.lastEvent("a")).isNull();
    received(1);
    step();
    var seen = clock.instant();
    step();

    assertThat(traffic.lastEvent("a")).isEqualTo(seen);
  }

  @Test
  void whatIsRefusedIsNoSignOfLife() {
    received(3);
    rejected("signature_wrong", 3);
    step();
    assertThat(traffic.lastEvent("a")).isNull();

    received(2);
    rejected("signature_wrong", 1);
    step();
    assertThat(traffic.lastEvent("a")).isEqualTo(clock.instant());
  }

  private Window step() {
    clock.advance(Duration.ofMinutes(1));
    return traffic.measure(clock.instant());
  }

  private void received(int events) {
    registry.counter("hooklake.events.received", "source", "a").increment(events);
  }

  private void rejected(String reason, int events) {
    registry.counter("hooklake.events.rejected", "source", "a", "reason", reason).increment(events);
  }
}
