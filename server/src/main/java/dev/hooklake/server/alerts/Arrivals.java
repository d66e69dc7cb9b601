package dev.hooklake.server.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// When the journal was seen to have come to which sequence, by the minute and for two days: what a
/// consumer has not stored has an age by it, also when the consumer moves. Used by one thread.
final class Arrivals {
  private static final Duration APART = Duration.ofMinutes(1);
  private static final int MOST = 2 * 24 * 60;

  private final TreeMap<Long, Instant> seen = new TreeMap<>();

  /// @param last the newest sequence in the journal
  void note(long last, Instant now) {
    Map.Entry<Long, Instant> before = seen.lastEntry();
    if (before == null || !before.getValue().plus(APART).isAfter(now)) {
      seen.putIfAbsent(last, now);
    }
    if (seen.size() > MOST) {
      seen.pollFirstEntry();
    }
  }

  /// How long the oldest record behind `position` has waited, as far as it was seen; zero when none
  /// waits.
  Duration waiting(long position, Instant now) {
    Map.Entry<Long, Instant> oldest = seen.higherEntry(position);
    return oldest == null ? Duration.ZERO : Duration.between(oldest.getValue(), now);
  }
}
