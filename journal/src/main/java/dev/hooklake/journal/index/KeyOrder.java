package dev.hooklake.journal.index;

/// Keys in order: unsigned, high half first.
final class KeyOrder {

  private KeyOrder() {}

  static int compare(long high, long low, long otherHigh, long otherLow) {
    int byHigh = Long.compareUnsigned(high, otherHigh);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, otherLow);
  }

  /// Sorts pairs of high and low in place. A heap sort: no second array, and no input, however
  /// chosen, makes it slow.
  static void sort(long[] pairs) {
    int count = pairs.length / 2;
    for (int root = count / 2 - 1; root >= 0; root--) {
      sink(pairs, root, count);
    }
    for (int end = count - 1; end > 0; end--) {
      swap(pairs, 0, end);
      sink(pairs, 0, end);
    }
  }

  private static void sink(long[] pairs, int from, int count) {
    int root = from;
    while (2 * root + 1 < count) {
      int child = 2 * root + 1;
      if (child + 1 < count && compareAt(pairs, child, child + 1) < 0) {
        child++;
      }
      if (compareAt(pairs, root, child) >= 0) {
        return;
      }
      swap(pairs, root, child);
      root = child;
    }
  }

  private static int compareAt(long[] pairs, int one, int other) {
    return compare(pairs[2 * one], pairs[2 * one + 1], pairs[2 * other], pairs[2 * other + 1]);
  }

  private static void swap(long[] pairs, int one, int other) {
    for (int half = 0; half < 2; half++) {
      long kept = pairs[2 * one + half];
      pairs[2 * one + half] = pairs[2 * other + half];
      pairs[2 * other + half] = kept;
    }
  }
}
