package dev.hooklake.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.journal.AppendOutcome.Appended;
import dev.hooklake.journal.AppendOutcome.Duplicate;
import dev.hooklake.journal.AppendOutcome.Failed;
import dev.hooklake.journal.AppendOutcome.Full;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What a journal must and may know, in plain collections.
public final class JournalModel {

  private final Duration window;

  /// Every record acknowledged or seen, by sequence.
  private final TreeMap<Long, Kept> records = new TreeMap<>();

  /// Where each key was appended last.
  private final Map<EventKey, Long> newest = new HashMap<>();

  /// Payloads whose append failed: each may have been kept.
  private final Set<ByteBuffer> perhaps = new HashSet<>();

  private final Set<EventKey> seen = new HashSet<>();

  /// First and last of each lost range.
  private final List<long[]> lost = new ArrayList<>();

  private Instant latest = Instant.MIN;
  private long passed;
  private long read;

  public JournalModel(Duration window) {
    this.window = window;
  }

  /// The clock may jump back; what once was too old may have been forgotten.
  public void clockAt(Instant now) {
    latest = now.isAfter(latest) ? now : latest;
  }

  /// A key may be forgotten when the clock calls it old, and later keys came on more different days
  /// than the window has.
  private boolean mustBeKnown(EventKey key) {
    Long sequence = newest.get(key);
    if (sequence == null) {
      return false;
    }
    boolean old = records.get(sequence).at.plus(window).isBefore(latest);
    long laterDays =
        records.tailMap(sequence, false).values().stream().map(Kept::day).distinct().count();
    return !old || laterDays <= window.toDays();
  }

  /// A repair has reported these as lost. Their keys may be known or not.
  public void lost(long first, long last) {
    for (Long sequence : List.copyOf(records.subMap(first, last + 1).keySet())) {
      newest.remove(records.remove(sequence).key, sequence);
    }
    if (last >= first) {
      lost.add(new long[] {first, last});
    }
  }

  /// Part of the duplicate index is lost: any key may be new again.
  public void keysLost() {
    newest.clear();
  }

  private boolean isLost(long sequence) {
    return lost.stream().anyMatch(range -> range[0] <= sequence && sequence <= range[1]);
  }

  public void check(List<Entry> entries, List<AppendOutcome> outcomes, Instant now) {
    assertThat(outcomes).hasSameSizeAs(entries);
    for (int i = 0; i < entries.size(); i++) {
      check(entries.get(i), outcomes.get(i), now);
    }
  }

  private void check(Entry entry, AppendOutcome outcome, Instant now) {
    EventKey key = entry.key();
    switch (outcome) {
      case Appended(long sequence) -> {
        assertThat(mustBeKnown(key)).as("a known key was taken for new").isFalse();
        assertThat(sequence).isEqualTo(lastSequence() + 1);
        keep(sequence, new Kept(key, entry.payload(), now));
      }
      case Duplicate _ ->
          assertThat(seen.contains(key)).as("a new key was taken for known").isTrue();
      case Full _ -> {}
      case Failed _ -> {
        perhaps.add(entry.payload());
      }
    }
  }

  private void keep(long sequence, Kept kept) {
    records.put(sequence, kept);
    newest.put(kept.key, sequence);
    seen.add(kept.key);
  }

  private long lastSequence() {
    long last = records.isEmpty() ? 0 : records.lastKey();
    return Math.max(last, lost.stream().mapToLong(range -> range[1]).max().orElse(0));
  }

  /// Compares what is there after opening, and learns which failed appends were kept after all.
  public void reopened(List<JournalRecord> found) {
    long expected = passed + 1;
    for (JournalRecord record : found) {
      while (isLost(expected) && expected < record.sequence()) {
        expected++;
      }
      assertThat(record.sequence()).isEqualTo(expected++);
      Kept kept = records.get(record.sequence());
      if (kept == null) {
        assertThat(perhaps).as("an invented record").contains(record.payload());
        assertThat(mustBeKnown(record.key())).as("a key twice").isFalse();
        keep(record.sequence(), new Kept(record.key(), record.payload(), record.appendedAt()));
      } else {
        kept.mustBe(record);
      }
    }
    long lastKept = records.isEmpty() ? 0 : records.lastKey();
    assertThat(lastKept).as("acknowledged records are missing").isLessThan(expected);
    perhaps.clear();
    read = passed;
  }

  public void consumed(List<JournalRecord> found) {
    for (JournalRecord record : found) {
      assertThat(record.sequence()).isEqualTo(++read);
      Kept kept = records.get(record.sequence());
      assertThat(kept).as("read before it was acknowledged").isNotNull();
      kept.mustBe(record);
    }
  }

  public long pass() {
    passed = Math.max(passed, read);
    return passed;
  }

  public long passed() {
    return passed;
  }

  /// Another way to say that what is read has its effect elsewhere.
  public void passTo(long sequence) {
    passed = Math.max(passed, sequence);
    read = Math.max(read, passed);
  }

  public void seek() {
    read = passed;
  }

  private record Kept(EventKey key, ByteBuffer payload, Instant at) {

    void mustBe(JournalRecord record) {
      assertThat(record.key()).isEqualTo(key);
      assertThat(record.payload()).isEqualTo(payload);
    }

    long day() {
      return at.getEpochSecond() / Duration.ofDays(1).toSeconds();
    }
  }
}
