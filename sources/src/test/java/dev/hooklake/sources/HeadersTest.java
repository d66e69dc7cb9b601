package dev.hooklake.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class HeadersTest {
  private final Headers headers =
      Headers.of("X-Two", "first", "Accept", "any", "x-two", "second", "X-SIGNATURE", "a secret");

  @Test
  void namesAreFoundInAnyCase() {
    assertThat(headers.single("x-signature")).contains("a secret");
    assertThat(headers.single("X-Signature")).contains("a secret");
    assertThat(headers.single("signature")).isEmpty();
  }

  @Test
  void aRepeatedHeaderHasAllItsValuesInOrderAndNoSingleOne() {
    assertThat(headers.all("X-Two")).containsExactly("first", "second");
    assertThat(headers.single("X-Two")).isEmpty();
  }

  @Test
  void allOfThemComeInTheOrderOfTheirNames() {
    assertThat(headers.values())
        .containsExactly(
            Map.entry("accept", List.of("any")),
            Map.entry("x-signature", List.of("a secret")),
            Map.entry("x-two", List.of("first", "second")));
  }

  @Test
  void onlyKeepsWhatIsNamed() {
    assertThat(headers.only(Set.of("x-two", "host")).values())
        .containsExactly(Map.entry("x-two", List.of("first", "second")));
  }

  @Test
  void theOrderInWhichDifferentHeadersCameMakesNoDifference() {
    Headers sorted =
        new Headers(
            Map.of(
                "accept",
                List.of("any"),
                "x-two",
                List.of("first", "second"),
                "x-signature",
                List.of("a secret")));

    assertThat(headers).isEqualTo(sorted).hasSameHashCodeAs(sorted);
    assertThat(headers).isNotEqualTo(Headers.of("x-two", "second", "x-two", "first"));
  }

  @Test
  void aPrintedOneTellsNoValue() {
    assertThat(headers.toString()).contains("x-signature").doesNotContain("a secret");
  }
}
