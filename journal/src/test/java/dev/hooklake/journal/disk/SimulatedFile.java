package dev.hooklake.journal.disk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// What a file holds: as running programs see it, and as a crash would leave it.
///
/// Changes since the last sync are kept sector by sector. A sync carries out these, and only these:
/// what a failed sync has forgotten stays seen but never becomes durable, unless it is written
/// again. A crash carries out any part of them, in any order.
final class SimulatedFile {

  private static final int SECTOR_BYTES = 512;

  private final Content seen = new Content();
  private final Content durable = new Content();
  private final List<Change> unsynced = new ArrayList<>();

  int length() {
    return seen.length;
  }

  int read(int position, byte[] into, int length) {
    int count = Math.min(length, seen.length - position);
    System.arraycopy(seen.bytes, position, into, 0, count);
    return count;
  }

  void write(int position, byte[] bytes, int length) {
    int at = position;
    while (at < position + length) {
      int sectorEnd = (at / SECTOR_BYTES + 1) * SECTOR_BYTES;
      int end = Math.min(sectorEnd, position + length);
      change(new Write(at, Arrays.copyOfRange(bytes, at - position, end - position)));
      at = end;
    }
  }

  void truncate(int length) {
    if (length < seen.length) {
      change(new Truncation(length));
    }
  }

  private void change(Change change) {
    change.applyTo(seen);
    unsynced.add(change);
  }

  void sync() {
    unsynced.forEach(change -> change.applyTo(durable));
    unsynced.clear();
  }

  /// Some changes arrived, and the system takes the others for written too.
  void failSync(RandomGenerator chance) {
    applySome(chance);
    unsynced.clear();
  }

  void crash(RandomGenerator chance) {
    applySome(chance);
    unsynced.clear();
    seen.become(durable);
  }

  private void applySome(RandomGenerator chance) {
    // All and nothing are the two outcomes that real disks show most often.
    Luck luck = Luck.values()[chance.nextInt(Luck.values().length)];
    for (Change change : unsynced) {
      boolean arrives = luck == Luck.ALL || (luck != Luck.NOTHING && chance.nextBoolean());
      boolean torn = luck == Luck.TORN && chance.nextInt(8) == 0;
      if (arrives) {
        (torn ? change.torn(chance) : change).applyTo(durable);
      }
    }
  }

  /// Flips one bit, on disk and in what is seen.
  void flip(int position, int bit) {
    seen.bytes[position] ^= (byte) (1 << bit);
    if (position < durable.length) {
      durable.bytes[position] ^= (byte) (1 << bit);
    }
  }

  byte[] bytes() {
    return Arrays.copyOf(seen.bytes, seen.length);
  }

  private enum Luck {
    ALL,
    NOTHING,
    SOME,
    TORN
  }

  /// Bytes that grow; behind the length there are only zeros.
  private static final class Content {

    private byte[] bytes = new byte[SECTOR_BYTES];
    private int length;

    void put(int at, byte[] from) {
      int end = at + from.length;
      if (end > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(end, bytes.length * 2));
      }
      System.arraycopy(from, 0, bytes, at, from.length);
      length = Math.max(length, end);
    }

    void cut(int newLength) {
      if (newLength < length) {
        Arrays.fill(bytes, newLength, length, (byte) 0);
        length = newLength;
      }
    }

    void become(Content other) {
      bytes = other.bytes.clone();
      length = other.length;
    }
  }

  private interface Change {

    void applyTo(Content content);

    /// What a crash in the middle of it makes of it.
    Change torn(RandomGenerator chance);
  }

  private static final class Write implements Change {

    private final int at;
    private final byte[] bytes;

    Write(int at, byte[] bytes) {
      this.at = at;
      this.bytes = bytes;
    }

    @Override
    public void applyTo(Content content) {
      content.put(at, bytes);
    }

    @Override
    public Change torn(RandomGenerator chance) {
      return new Write(at, Arrays.copyOf(bytes, chance.nextInt(1, bytes.length + 1)));
    }
  }

  private record Truncation(int length) implements Change {

    @Override
    public void applyTo(Content content) {
      content.cut(length);
    }

    @Override
    public Change torn(RandomGenerator chance) {
      return this;
    }
  }
}
