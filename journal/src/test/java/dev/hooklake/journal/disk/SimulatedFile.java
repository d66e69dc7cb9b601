package dev.hooklake.journal.disk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// What a file holds: as running programs see it, and as a crash would leave it.
///
/// Every change since the last successful sync is kept as a list of sector writes and length
/// changes; a crash applies any part of them, in any order of sectors.
final class SimulatedFile {

  static final int SECTOR_BYTES = 512;

  private byte[] seen = new byte[0];
  private int seenLength;
  private byte[] durable = new byte[0];
  private final List<Change> unsynced = new ArrayList<>();

  int length() {
    return seenLength;
  }

  int read(int position, byte[] into, int length) {
    int count = Math.min(length, seenLength - position);
    System.arraycopy(seen, position, into, 0, count);
    return count;
  }

  void write(int position, byte[] bytes, int length) {
    if (length == 0) {
      return;
    }
    grow(position + length);
    System.arraycopy(bytes, 0, seen, position, length);
    seenLength = Math.max(seenLength, position + length);
    int at = position;
    while (at < position + length) {
      int sectorEnd = (at / SECTOR_BYTES + 1) * SECTOR_BYTES;
      int end = Math.min(sectorEnd, position + length);
      unsynced.add(new Change(at, Arrays.copyOfRange(bytes, at - position, end - position)));
      at = end;
    }
  }

  private void grow(int length) {
    if (length > seen.length) {
      seen = Arrays.copyOf(seen, Math.max(length, seen.length * 2));
    }
  }

  void truncate(int length) {
    if (length < seenLength) {
      Arrays.fill(seen, length, seenLength, (byte) 0);
      seenLength = length;
      unsynced.add(new Change(length, null));
    }
  }

  void sync() {
    durable = Arrays.copyOf(seen, seenLength);
    unsynced.clear();
  }

  /// A failed sync: some changes arrived, and the system forgets that the others have not.
  void failSync(RandomGenerator chance) {
    applySome(chance);
    unsynced.clear();
  }

  /// Only what is durable is left, with whatever part of the unsynced changes chance lets through.
  void crash(RandomGenerator chance) {
    applySome(chance);
    unsynced.clear();
    seen = durable.clone();
    seenLength = durable.length;
  }

  private void applySome(RandomGenerator chance) {
    // Now and then all or nothing: the two outcomes real disks show most often.
    int luck = chance.nextInt(4);
    for (Change change : unsynced) {
      if (luck == 0 || (luck > 1 && chance.nextBoolean())) {
        durable = change.applyTo(durable, luck > 2 && chance.nextInt(8) == 0 ? chance : null);
      }
    }
  }

  /// Flips one bit, on disk and in what is seen.
  void flip(int position, int bit) {
    seen[position] ^= (byte) (1 << bit);
    if (position < durable.length) {
      durable[position] ^= (byte) (1 << bit);
    }
  }

  byte[] bytes() {
    return Arrays.copyOf(seen, seenLength);
  }

  /// New bytes within one sector, or, without bytes, a new and shorter length.
  private static final class Change {

    private final int at;
    private final byte[] bytes;

    Change(int at, byte[] bytes) {
      this.at = at;
      this.bytes = bytes;
    }

    byte[] applyTo(byte[] file, RandomGenerator tear) {
      if (bytes == null) {
        return Arrays.copyOf(file, Math.min(file.length, at));
      }
      int length = tear == null ? bytes.length : tear.nextInt(bytes.length + 1);
      byte[] changed = Arrays.copyOf(file, Math.max(file.length, at + length));
      System.arraycopy(bytes, 0, changed, at, length);
      return changed;
    }
  }
}
