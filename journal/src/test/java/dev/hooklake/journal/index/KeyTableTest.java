package dev.hooklake.journal.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyTableTest {

  @Test
  void itHoldsWhatWasAddedAndNothingElse() {
    KeyTable table = new KeyTable();
    for (long i = 0; i < 10_000; i += 2) {
      table.add(i, -i, 5);
    }
    assertThat(table.size()).isEqualTo(5000);
    for (long i = 0; i < 10_000; i++) {
      assertThat(table.contains(i, -i)).isEqualTo(i % 2 == 0);
    }
  }

  @Test
  void aKeyAddedTwiceCountsOnceAndAgesFromItsLastTime() {
    KeyTable table = new KeyTable();
    table.add(1, 2, 10);
    table.add(1, 2, 30);
    assertThat(table.size()).isEqualTo(1);
    assertThat(table.oldestMillis()).isEqualTo(10);
    assertThat(table.newestMillis()).isEqualTo(30);
  }

  @Test
  void clearedItIsEmpty() {
    KeyTable table = new KeyTable();
    table.add(1, 2, 10);
    table.add(0, 0, 10);
    table.clear();
    assertThat(table.size()).isZero();
    assertThat(table.contains(1, 2)).isFalse();
    assertThat(table.contains(0, 0)).isFalse();
  }

  @Test
  void sortedGivesEveryKeyOnceInUnsignedOrder() {
    Random random = new Random(3);
    KeyTable table = new KeyTable();
    table.add(0, 0, 1);
    for (int i = 0; i < 3000; i++) {
      table.add(random.nextLong(), random.nextLong(), 1);
      table.add(7, random.nextInt(), 1);
    }
    long[] pairs = table.sorted();
    assertThat(pairs).hasSize(2 * table.size());
    for (int i = 2; i < pairs.length; i += 2) {
      assertThat(KeyOrder.compare(pairs[i - 2], pairs[i - 1], pairs[i], pairs[i + 1])).isNegative();
    }
  }
}
