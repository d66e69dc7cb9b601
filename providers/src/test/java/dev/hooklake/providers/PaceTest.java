package dev.hooklake.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private final StepPauses pauses = new StepPauses();

  @Test
  void noWindowOfASecondSeesMoreThanTheRate() throws Exception {
    Pace pace = Pace.perSecond(8, pauses);
    List<Long> turns = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      pace.awaitTurn();
      turns.add(pauses.nanos());
    }
    for (long end : turns) {
      long inWindow =
          turns.stream().filter(turn -> turn <= end && turn > end - 1_000_000_000L).count();
      assertThat(inWindow).isLessThanOrEqualTo(8);
    }
  }

  @Test
  void anIdleWhileIsNotSavedUp() throws Exception {
    Pace pace = Pace.perSecond(10, pauses);
    pace.awaitTurn();
    pauses.pause(Duration.ofMinutes(1));
    long begun = pauses.nanos();
    for (int i = 0; i < 11; i++) {
      pace.awaitTurn();
    }
    assertThat(pauses.nanos() - begun).isGreaterThanOrEqualTo(1_000_000_000L);
  }

  @Test
  void whoeverSharesItIsHeldBackTogether() throws Exception {
    Pace pace = Pace.perSecond(10, pauses);
    pace.awaitTurn();
    pace.holdBack(Duration.ofSeconds(7));
    pace.awaitTurn();
    assertThat(pauses.nanos()).isEqualTo(Duration.ofSeconds(7).toNanos());
  }

  @Test
  void aPaceOfNothingIsRefused() {
    assertThatThrownBy(() -> Pace.perSecond(0, pauses))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("above 0");
  }
}
