package dev.hooklake.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BackOffTest {
  private static final BackOff POLICY = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  @Test
  void theWaitDoublesFromOneFailureToTheNext() {
    assertThat(POLICY.after(1, 0)).hasMillis(500);
    assertThat(POLICY.after(2, 0)).hasMillis(1_000);
    assertThat(POLICY.after(3, 0)).hasMillis(2_000);
  }

  @Test
  void theWaitNeverExceedsTheLongest() {
    assertThat(POLICY.after(6, 0.999_999)).isLessThanOrEqualTo(Duration.ofSeconds(30));
    assertThat(POLICY.after(1_000_000, 0.999_999)).isLessThanOrEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void chanceSpreadsTheWaitOverItsUpperHalf() {
    assertThat(POLICY.after(4, 0)).hasMillis(4_000);
    assertThat(POLICY.after(4, 0.5)).hasMillis(6_000);
  }

  @Test
  void aPolicyThatCannotWaitIsRefused() {
    assertThatThrownBy(() -> new BackOff(Duration.ZERO, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BackOff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
