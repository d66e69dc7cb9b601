package dev.hooklake.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.fake.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LoginLimitTest {
  private final ManualClock clock = new ManualClock();
  private final LoginLimit limit = new LoginLimit(clock);

  @Test
  void anAddressWaitsAfterTenWrongLoginsInAMinute() {
    for (int i = 0; i < 9; i++) {
      assertThat(limit.failed("192.0.2.1")).isFalse();
    }
    assertThat(limit.wait("192.0.2.1")).isZero();
    assertThat(limit.failed("192.0.2.1")).isTrue();
    assertThat(limit.failed("192.0.2.1")).isFalse();

    assertThat(limit.wait("192.0.2.1")).isPositive().isLessThan(Duration.ofSeconds(61));
    assertThat(limit.wait("192.0.2.2")).isZero();
    clock.advance(Duration.ofSeconds(61));
    assertThat(limit.wait("192.0.2.1")).isZero();
  }

  @Test
  void manyAddressesTogetherWaitToo() {
    for (int i = 0; i < 30; i++) {
      limit.failed("192.0.2." + i);
    }
    assertThat(limit.wait("198.51.100.7")).isPositive();
  }
}
