package dev.hooklake.journal.index;

import java.time.Duration;

/// Which records a set of keys comes from, and when they were appended.
record Span(long firstSequence, long lastSequence, long oldestMillis, long newestMillis) {

  static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  /// The day (UTC) in whose generation the keys grow old together.
  long generation() {
    return day(newestMillis);
  }

  static long day(long millis) {
    return Math.floorDiv(millis, DAY_MILLIS);
  }

  boolean covers(long first, long last) {
    return firstSequence <= first && last <= lastSequence;
  }

  boolean overlaps(long first, long last) {
    return firstSequence <= last && first <= lastSequence;
  }

  Span and(Span other) {
    return new Span(
        Math.min(firstSequence, other.firstSequence),
        Math.max(lastSequence, other.lastSequence),
        Math.min(oldestMillis, other.oldestMillis),
        Math.max(newestMillis, other.newestMillis));
  }
}
