package dev.hooklake.journal.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyFilterTest {

  private static final int KEYS = 200_000;

  @Test
  void everyKeyAddedMayBeContainedAndFewOthers() {
    try (KeyFilter filter = new KeyFilter(KeyFilter.blocksFor(KEYS))) {
      Random added = new Random(1);
      for (int i = 0; i < KEYS; i++) {
        filter.add(added.nextLong(), added.nextLong());
      }
      Random again = new Random(1);
      for (int i = 0; i < KEYS; i++) {
        assertThat(filter.mayContain(again.nextLong(), again.nextLong())).isTrue();
      }
      Random others = new Random(2);
      int passed = 0;
      for (int i = 0; i < KEYS; i++) {
        passed += filter.mayContain(others.nextLong(), others.nextLong()) ? 1 : 0;
      }
      assertThat(passed).isLessThan(KEYS / 100);
    }
  }

  @Test
  void itTakesTwelveBitsAKey() {
    assertThat((long) KeyFilter.blocksFor(100_000_000) * KeyFilter.BLOCK_BYTES)
        .isBetween(149_000_000L, 151_000_000L);
  }
}
