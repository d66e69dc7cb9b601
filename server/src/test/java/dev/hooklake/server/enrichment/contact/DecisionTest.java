package dev.hooklake.server.enrichment.contact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.enrichment.contact.Decision.Via;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DecisionTest {
  private static final Optional<String> NOBODY = Optional.empty();
  private static final Optional<String> A = Optional.of("a");
  private static final Optional<String> B = Optional.of("b");

  @Test
  void phoneAndEmailOfOnePerson() {
    assertThat(Decision.of(NOBODY, A, A)).isEqualTo(new Decision.SamePerson("a"));
  }

  @Test
  void phoneAndEmailOfTwoPeopleInTheOrderInWhichTheyAreTold() {
    Decision decision = Decision.of(NOBODY, A, B);
    assertThat(decision).isEqualTo(new Decision.DifferentPeople("a", "b"));
    assertThat(decision.people()).containsExactly("a", "b");
  }

  @Test
  void oneWayOnlyIsNotTwoDifferentPeople() {
    assertThat(Decision.of(NOBODY, A, NOBODY)).isEqualTo(new Decision.OneSource("a", Via.PHONE));
    assertThat(Decision.of(NOBODY, NOBODY, B)).isEqualTo(new Decision.OneSource("b", Via.EMAIL));
  }

  @Test
  void whatTheLeadWroteCountsAlone() {
    assertThat(Decision.of(A, B, B)).isEqualTo(new Decision.OneSource("a", Via.TEXT));
  }

  @Test
  void nobody() {
    assertThat(Decision.of(NOBODY, NOBODY, NOBODY).people()).isEmpty();
  }
}
