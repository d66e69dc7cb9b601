package dev.hooklake.journal.index;

import java.util.Arrays;

/// A set of 128-bit keys in one array of longs: 27 to 54 bytes a key, no objects. Not thread-safe.
public final class KeyTable {

  private static final int FIRST_CAPACITY = 64;

  /// Pairs of high and low half; a free slot holds two zeros.
  private long[] slots = new long[2 * FIRST_CAPACITY];

  private int size;
  private boolean holdsZero;
  private long oldestMillis = Long.MAX_VALUE;
  private long newestMillis = Long.MIN_VALUE;

  public boolean contains(long high, long low) {
    if ((high | low) == 0) {
      return holdsZero;
    }
    int slot = slotOf(high, low);
    return slots[slot] == high && slots[slot + 1] == low;
  }

  public void add(long high, long low, long appendedAtMillis) {
    oldestMillis = Math.min(oldestMillis, appendedAtMillis);
    newestMillis = Math.max(newestMillis, appendedAtMillis);
    if (contains(high, low)) {
      return;
    }
    size++;
    if ((high | low) == 0) {
      holdsZero = true;
      return;
    }
    put(high, low);
    if (size > slots.length / 2 * 3 / 5) {
      grow();
    }
  }

  private void grow() {
    long[] old = slots;
    slots = new long[old.length * 2];
    for (int i = 0; i < old.length; i += 2) {
      if ((old[i] | old[i + 1]) != 0) {
        put(old[i], old[i + 1]);
      }
    }
  }

  private void put(long high, long low) {
    int slot = slotOf(high, low);
    slots[slot] = high;
    slots[slot + 1] = low;
  }

  /// The slot that holds the key, or the free one where it belongs.
  private int slotOf(long high, long low) {
    int mask = slots.length - 2;
    // Keys are digests; the multiplication only spreads keys that are not, as in tests.
    long spread = (high ^ low) * 0x9e37_79b9_7f4a_7c15L;
    int slot = ((int) (spread >>> 32) << 1) & mask;
    while ((slots[slot] | slots[slot + 1]) != 0
        && (slots[slot] != high || slots[slot + 1] != low)) {
      slot = (slot + 2) & mask;
    }
    return slot;
  }

  public int size() {
    return size;
  }

  long oldestMillis() {
    return oldestMillis;
  }

  long newestMillis() {
    return newestMillis;
  }

  public void clear() {
    if (size > 0) {
      Arrays.fill(slots, 0);
    }
    size = 0;
    holdsZero = false;
    oldestMillis = Long.MAX_VALUE;
    newestMillis = Long.MIN_VALUE;
  }

  /// All keys as pairs in rising order.
  long[] sorted() {
    long[] pairs = new long[2 * size];
    // The zero key, when there is one, stays where the array begins: it sorts first.
    int at = holdsZero ? 2 : 0;
    for (int i = 0; i < slots.length; i += 2) {
      if ((slots[i] | slots[i + 1]) != 0) {
        pairs[at++] = slots[i];
        pairs[at++] = slots[i + 1];
      }
    }
    KeyOrder.sort(pairs);
    return pairs;
  }
}
