package dev.hooklake.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.journal.AppendOutcome.Appended;
import dev.hooklake.journal.AppendOutcome.Duplicate;
import dev.hooklake.journal.AppendOutcome.Failed;
import dev.hooklake.journal.AppendOutcome.Full;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What a journal must and may know, in plain collections.
final class JournalModel {

  private final Duration window;

  /// Every record acknowledged or seen, by sequence.
  private final TreeMap<Long, Kept> records = new TreeMap<>();

  /// The newest time each key was appended at.
  private final Map<EventKey, Instant> known = new HashMap<>();

  /// Payloads whose append failed: each may have been kept.
  private final Set<ByteBuffer> perhaps = new HashSet<>();

  private final Set<EventKey> perhapsKeys = new HashSet<>();
  private Instant latest = Instant.MIN;
  private long passed;
  private long read;

  JournalModel(Duration window) {
    this.window = window;
  }

  /// The clock may jump back; what once was too old may have been forgotten.
  void clockAt(Instant now) {
    latest = now.isAfter(latest) ? now : latest;
    known.values().removeIf(at -> at.plus(window).isBefore(latest));
  }

  void check(List<Entry> entries, List<AppendOutcome> outcomes, Instant now) {
    assertThat(outcomes).hasSameSizeAs(entries);
    for (int i = 0; i < entries.size(); i++) {
      check(entries.get(i), outcomes.get(i), now);
    }
  }

  private void check(Entry entry, AppendOutcome outcome, Instant now) {
    EventKey key = entry.key();
    switch (outcome) {
      case Appended(long sequence) -> {
        assertThat(known).as("a known key was taken for new").doesNotContainKey(key);
        assertThat(sequence).isEqualTo(lastSequence() + 1);
        keep(sequence, new Kept(key, entry.payload(), now));
      }
      case Duplicate _ -> assertThat(everSeen(key)).as("a new key was taken for known").isTrue();
      case Full _ -> {}
      case Failed _ -> {
        perhaps.add(entry.payload());
        perhapsKeys.add(key);
      }
    }
  }

  private boolean everSeen(EventKey key) {
    return known.containsKey(key)
        || perhapsKeys.contains(key)
        || records.values().stream().anyMatch(kept -> kept.mayBeKnown(key, latest, window));
  }

  private void keep(long sequence, Kept kept) {
    records.put(sequence, kept);
    known.put(kept.key, kept.at);
  }

  private long lastSequence() {
    return records.isEmpty() ? 0 : records.lastKey();
  }

  /// Compares what is there after opening, and learns which failed appends were kept after all.
  void reopened(List<JournalRecord> found) {
    long expected = passed + 1;
    for (JournalRecord record : found) {
      assertThat(record.sequence()).isEqualTo(expected++);
      Kept kept = records.get(record.sequence());
      if (kept == null) {
        assertThat(perhaps).as("an invented record").contains(record.payload());
        assertThat(known).as("a key twice").doesNotContainKey(record.key());
        keep(record.sequence(), new Kept(record.key(), record.payload(), record.appendedAt()));
      } else {
        kept.mustBe(record);
      }
    }
    assertThat(lastSequence()).as("acknowledged records are missing").isLessThan(expected);
    perhaps.clear();
    perhapsKeys.clear();
    read = passed;
  }

  void consumed(List<JournalRecord> found) {
    for (JournalRecord record : found) {
      assertThat(record.sequence()).isEqualTo(++read);
      Kept kept = records.get(record.sequence());
      assertThat(kept).as("read before it was acknowledged").isNotNull();
      kept.mustBe(record);
    }
  }

  long pass() {
    passed = Math.max(passed, read);
    return passed;
  }

  long passed() {
    return passed;
  }

  void seek() {
    read = passed;
  }

  private record Kept(EventKey key, ByteBuffer payload, Instant at) {

    void mustBe(JournalRecord record) {
      assertThat(record.key()).isEqualTo(key);
      assertThat(record.payload()).isEqualTo(payload);
    }

    /// A key may be known for the rest of its day longer than the window, and for longer still when
    /// the clock went back while its segment was open.
    boolean mayBeKnown(EventKey other, Instant latest, Duration window) {
      return key.equals(other)
          && at.plus(window).plus(Duration.ofDays(2)).isAfter(latest.minus(Duration.ofDays(1)));
    }
  }
}
