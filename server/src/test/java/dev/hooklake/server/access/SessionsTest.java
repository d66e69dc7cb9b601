package dev.hooklake.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.server.fake.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SessionsTest {
  private static final Caller ANA = new Caller("ana", Role.VIEWER);

  private final ManualClock clock = new ManualClock();

  @Test
  void pastTheLimitTheSessionThatWasQuietLongestEnds() {
    var sessions =
        new Sessions(new SessionLimits(Duration.ofHours(1), Duration.ofHours(2), 2), clock);
    String first = sessions.open(ANA).secret();
    String second = sessions.open(ANA).secret();
    assertThat(sessions.find(first)).isPresent();

    sessions.open(ANA);

    assertThat(sessions.find(first)).isPresent();
    assertThat(sessions.find(second)).isEmpty();
  }

  @Test
  void aSessionThatWasEndedIsNoLongerFound() {
    var sessions = new Sessions(SessionLimits.DEFAULT, clock);
    String secret = sessions.open(ANA).secret();

    sessions.end(secret);

    assertThat(sessions.find(secret)).isEmpty();
  }

  @Test
  void aLinkIsWorthNothingAfterTenMinutes() {
    var links = new LoginLinks(clock);
    String code = links.open(ANA);
    clock.advance(LoginLinks.LIFE.plusSeconds(1));

    assertThat(links.use(code)).isEmpty();
  }

  @Test
  void aTokenThatCouldBeGuessedIsRefusedWithoutBeingRepeated() {
    assertThatThrownBy(() -> AccessToken.of("swordfish"))
        .hasMessageContaining("at least 16")
        .hasMessageNotContaining("swordfish");
  }

  @Test
  void anOperatorMayDoWhatAViewerMayAndNotTheOtherWayRound() {
    assertThat(Role.OPERATOR.includes(Role.VIEWER)).isTrue();
    assertThat(Role.VIEWER.includes(Role.OPERATOR)).isFalse();
  }
}
